import { Bindings } from '../../../../src/testing/terraform/schema/bindings';
import { Block } from '../../../../src/testing/terraform/schema/model';

const azurerm = Bindings.find(__dirname, 'hashicorp/azurerm')!;
const kubernetes = Bindings.find(__dirname, 'hashicorp/kubernetes')!;
const helm = Bindings.find(__dirname, 'hashicorp/helm')!;

function typesOf({ attributes }: Block, ...names: string[]): unknown[] {
  return names.map((name) => attributes[name].type);
}

test('tells arguments that must be given, may be given, and cannot be given', () => {
  const { attributes } = azurerm.type('resource', 'azurerm_storage_account')!;

  expect(attributes.account_tier).toEqual({ type: 'string', required: true });
  expect(attributes.access_tier).toEqual({ type: 'string', optional: true });
  expect(attributes.primary_blob_endpoint).toEqual({ type: 'string', computed: true });
  expect(attributes.id).toEqual({ type: 'string', optional: true, computed: true });
});

test('an argument that looks like a method to reset another one is still optional', () => {
  expect(helm.type('resource', 'helm_release')!.attributes.values).toMatchObject({ optional: true });
});

test('reads types: sets, lists, maps, and what computed objects hold', () => {
  const account = azurerm.type('resource', 'azurerm_storage_account')!;
  const cluster = azurerm.type('resource', 'azurerm_kubernetes_cluster')!;

  expect(typesOf(account, 'https_traffic_only_enabled', 'tags')).toEqual(['bool', ['map', 'string']]);
  expect(typesOf(account.blocks.network_rules.block, 'ip_rules')).toEqual([['set', 'string']]);
  expect(typesOf(cluster, 'kube_config')).toEqual([['list', ['object', expect.objectContaining({ host: 'string' })]]]);
});

test('reads blocks: how many, how deep, and which are arguments instead', () => {
  const endpoint = azurerm.type('resource', 'azurerm_private_endpoint')!;
  const group = azurerm.type('resource', 'azurerm_network_security_group')!;

  expect(endpoint.blocks.private_service_connection).toMatchObject({ nesting: 'list', minItems: 1, maxItems: 1 });
  expect(endpoint.blocks.ip_configuration).toMatchObject({ nesting: 'list', minItems: 0, maxItems: 0 });
  expect(endpoint.blocks.timeouts).toMatchObject({ nesting: 'single' });
  expect(group.attributes.security_rule.type).toEqual(['set', ['object', expect.anything(), expect.anything()]]);
});

test('knows write-only arguments by their names, where there is a state to keep them out of', () => {
  expect(azurerm.type('resource', 'azurerm_key_vault_secret')!.attributes.value_wo).toMatchObject({ writeOnly: true });
  expect(helm.type('data', 'helm_template')!.attributes.set_wo).not.toHaveProperty('writeOnly');
});

test('reads types that are spread over several files', () => {
  const { template } = kubernetes.type('resource', 'kubernetes_deployment_v1')!.blocks.spec.block.blocks;

  expect(template.block.blocks.spec.block.blocks.container.block.attributes).toHaveProperty('image');
});

test('reads the configuration of providers', () => {
  expect(azurerm.provider().blocks.features.block.blocks).toHaveProperty('key_vault');
  expect(azurerm.provider().attributes).not.toHaveProperty('alias');
  expect(kubernetes.provider().blocks.exec.block.attributes.command).toMatchObject({ required: true });
});

test('finds types whose folder has another name, and none that are not there', () => {
  expect(Bindings.find(__dirname, 'hashicorp/time')!.type('resource', 'time_static')).toBeDefined();
  expect(azurerm.type('resource', 'azurerm_nonsense')).toBeUndefined();
  expect(Bindings.find(__dirname, 'hashicorp/nonsense')).toBeUndefined();
});
