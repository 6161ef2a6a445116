import { TerraformVariable } from 'cdktf';
import { Environment, Principal, SecretVault, SecretVaultProps, Workload } from '../../src';
import { groupIn, Rendered, workloadIn } from '../support';

const SHARED = '/subscriptions/0/resourceGroups/rg-shared/providers/Microsoft.KeyVault/vaults/KV-shared';

function vaultIn(environment: Environment, props: SecretVaultProps = {}) {
  const workload = workloadIn(environment);
  return { workload, vault: new SecretVault(workload, 'Vault', props) };
}

describe('grants', () => {
  const owned = (workload: Workload) => new SecretVault(workload, 'Vault');
  const imported = (workload: Workload) => SecretVault.fromVaultId(workload, 'Vault', SHARED);

  test.each`
    grant                     | role
    ${'grantReadSecrets'}     | ${'Key Vault Secrets User'}
    ${'grantManageSecrets'}   | ${'Key Vault Secrets Officer'}
    ${'grantUseKeys'}         | ${'Key Vault Crypto User'}
    ${'grantEncryptWithKeys'} | ${'Key Vault Crypto Service Encryption User'}
  `('$grant gives $role once, on own and imported vaults', ({ grant, role }) => {
    [owned, imported].forEach((define) => {
      const workload = workloadIn(Environment.DEV);
      const vault = define(workload);
      const grantee = groupIn(workload);
      const method = grant as 'grantReadSecrets';

      vault[method](grantee);
      vault[method](grantee);

      expect(new Rendered(workload).only('azurerm_role_assignment')).toMatchObject({
        role_definition_name: role,
        principal_id: grantee.principalId,
        scope: define === owned ? expect.stringMatching(/^\$\{azurerm_key_vault\.[^.]+\.id\}$/) : SHARED,
      });
    });
  });

  test('a client may read secrets, and learns the address', () => {
    const { workload, vault } = vaultIn(Environment.DEV, { vaultName: 'kv-Billing' });

    expect(vault.bindClient(groupIn(workload))).toEqual({
      settings: { VAULT_URI: 'https://kv-billing.vault.azure.net/' },
      networks: [],
    });
    expect(new Rendered(workload).only('azurerm_role_assignment').role_definition_name).toBe('Key Vault Secrets User');
  });

  test('a secret that somebody else writes: referred to by its address, given on its own', () => {
    const workload = workloadIn(Environment.DEV);
    const vault = SecretVault.fromVaultId(workload, 'Shared', SHARED);
    const secret = vault.secretNamed('api-key');

    expect(vault.secretNamed('api-key')).toBe(secret);
    expect(secret.bindReader(groupIn(workload))).toEqual({
      secretUri: 'https://kv-shared.vault.azure.net/secrets/api-key',
    });
    expect(secret.reference).toBe('@Microsoft.KeyVault(SecretUri=https://kv-shared.vault.azure.net/secrets/api-key)');
    expect(new Rendered(workload).only('azurerm_role_assignment')).toMatchObject({
      role_definition_name: 'Key Vault Secrets User',
      scope: `${SHARED}/secrets/api-key`,
    });
  });

  test('the name of a vault whose id Terraform has yet to compute is an expression', () => {
    const workload = workloadIn(Environment.DEV);
    const vaultId = new TerraformVariable(workload, 'VaultId', { type: 'string' }).stringValue;
    const vault = SecretVault.fromVaultId(workload, 'Shared', vaultId);
    const { resources } = vault.secretNamed('x').grantRead(groupIn(workload));
    resources.roleAssignment.description = vault.vaultUri;

    expect(new Rendered(workload).only('azurerm_role_assignment').description).toMatch(
      /^https:\/\/\$\{element\(split\("\/", var\.\w+\), 8\)\}\.vault\.azure\.net\/$/,
    );
  });

  test('siblings move no address', () => {
    const addresses = (order: string[]) => {
      const { workload, vault } = vaultIn(Environment.PROD);
      order.forEach((name) => vault.addGeneratedSecret(name).grantRead(groupInOnce(workload)));
      return new Rendered(workload).addresses();
    };
    const groupInOnce = (workload: Workload) =>
      (workload.node.tryFindChild('Group') as Principal | undefined) ?? groupIn(workload);

    expect(addresses(['a', 'b'])).toEqual(addresses(['b', 'a']));
    expect(addresses(['a', 'b'])).toEqual(expect.arrayContaining(addresses(['b'])));
  });
});
