import { CdnFrontdoorProfile } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-profile';
import { DnsZone } from '@cdktf/provider-azurerm/lib/dns-zone';
import { KeyVaultSecret } from '@cdktf/provider-azurerm/lib/key-vault-secret';
import { PrivateDnsResolver } from '@cdktf/provider-azurerm/lib/private-dns-resolver';
import { PrivateDnsZone } from '@cdktf/provider-azurerm/lib/private-dns-zone';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { TerraformVariable, Token } from 'cdktf';
import { IConstruct } from 'constructs';
import { Environment, Workload } from '../../src';
import { Rendered, workloadIn } from '../support';

const TAGS = { workload: 'billing', environment: 'dev', owner: 'team-billing', 'cost-center': '4711' };
const ZONE = { name: 'example.com', resourceGroupName: 'rg' };
const DOOR = { name: 'afd', resourceGroupName: 'rg', skuName: 'Standard_AzureFrontDoor' };

const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`tag${at}`, 'x']));

function warningsOf({ node }: IConstruct): string[] {
  return node.metadata.filter(({ type }) => type === '@cdktf/warn').map(({ data }) => data);
}

describe('tags whose names a service does not take', () => {
  const ODD = { 'cost code': '1', 'nt:team': 'a', 'a(b)': 'c', '2nd': 'd', größe: 'e', 'x#y': 'f' };
  const EVEN = { 'data-class': 'pii', _x: '1', 'app.kubernetes.io': '2' };

  test('are left out there, and told of once', () => {
    const workload = workloadIn(Environment.DEV, { tags: { ...ODD, ...EVEN } });
    new DnsZone(workload, 'Zone', { ...ZONE, tags: { 'by hand': 'x', tenant: 'acme' } });
    new PrivateDnsZone(workload, 'Private', ZONE);
    new CdnFrontdoorProfile(workload, 'Door', DOOR);
    new PrivateDnsResolver(workload, 'Resolver', {
      ...ZONE,
      location: 'westeurope',
      virtualNetworkId: '/subscriptions/0',
    });

    new Rendered(workload);
    const rendered = new Rendered(workload);
    expect(rendered.only('azurerm_dns_zone').tags).toEqual({ tenant: 'acme', ...EVEN, ...TAGS });
    expect(rendered.only('azurerm_private_dns_zone').tags).toEqual({ ...EVEN, ...TAGS });
    const { 'nt:team': team, 'x#y': xy, ...taken } = ODD;
    expect(rendered.only('azurerm_cdn_frontdoor_profile').tags).toEqual({ ...taken, ...EVEN, ...TAGS });
    ['azurerm_resource_group', 'azurerm_private_dns_resolver'].forEach((type) =>
      expect(rendered.only(type).tags).toEqual({ 'nt:team': team, 'x#y': xy, ...taken, ...EVEN, ...TAGS }),
    );
    expect(warningsOf(workload)).toEqual([
      `'tags' are left out where Azure does not take their names: "2nd", "a(b)", "by hand", "cost code", "größe", "nt:team", "x#y" on azurerm_dns_zone, azurerm_private_dns_zone (letters, digits, '_', '.' and '-', no digit first); "nt:team", "x#y" on azurerm_cdn_frontdoor_profile (no '#' and ':'); rename them to have them there too`,
    ]);
  });

  test('are nothing to tell of where there is none, or no such resource', () => {
    const workload = workloadIn(Environment.DEV, { tags: ODD });
    new ResourceGroup(workload, 'Group', { name: 'raw', location: 'westeurope' });
    const other = workloadIn(Environment.DEV, { tags: EVEN });
    new DnsZone(other, 'Zone', ZONE);

    expect(new Rendered(other).only('azurerm_dns_zone').tags).toEqual({ ...EVEN, ...TAGS });
    new Rendered(workload);
    expect([...warningsOf(workload), ...warningsOf(other)]).toEqual([]);
  });

  test('are not known among tags that Terraform has yet to compute, which are merged with those that fit', () => {
    const workload = workloadIn(Environment.DEV, { tags: { 'a b': 'c' } });
    const { value } = new TerraformVariable(workload, 'Tags', { type: 'map(string)' });
    new DnsZone(workload, 'Zone', { ...ZONE, tags: Token.asStringMap(value) });

    expect(new Rendered(workload).only('azurerm_dns_zone').tags).toBe(
      '${merge(var.Billing_Tags_3CFEE81B, {"workload" = "billing", "environment" = "dev", "owner" = "team-billing", "cost-center" = "4711"})}',
    );
  });
});

describe('fails', () => {
  test('with more tags than the service takes', () => {
    const workload = workloadIn(Environment.DEV, { tags: many(11) });
    new DnsZone(workload, 'Zone', { ...ZONE, tags: { 'left out': 'x' } });
    const secret = new KeyVaultSecret(workload, 'Secret', { name: 'a', value: 'b', keyVaultId: '/subscriptions/0' });
    new ResourceGroup(workload, 'Group', { name: 'raw', location: 'westeurope', tags: { tenant: 'acme' } });
    expect(() => new Rendered(workload)).not.toThrow();

    secret.tags = { tenant: 'acme' };
    expect(() => new Rendered(workload)).toThrow(
      "stack/Billing/Secret: 'tags' must be at most 15 on azurerm_key_vault_secret, those of the workload included, got 16; give the workload, or this resource, fewer tags",
    );
  });

  test('once, by the nearest workload', () => {
    const outer = workloadIn(Environment.DEV, { tags: many(12) });
    const { environment, location } = outer;
    const inner = new Workload(outer, 'Inner', { name: 'inner', environment, location, owner: 'x', costCenter: 'y' });
    new DnsZone(inner, 'Zone', ZONE);
    const problems = () => inner.node.validate().concat(outer.node.validate());

    expect(() => new Rendered(outer)).toThrow("'tags' must be at most 15");
    expect(problems()).toEqual([
      "stack/Billing/Inner/Zone: 'tags' must be at most 15 on azurerm_dns_zone, those of the workload included, got 16; give the workload, or this resource, fewer tags",
    ]);
  });
});

describe('escape hatch', () => {
  test('an override of tags is the last word', () => {
    const workload = workloadIn(Environment.DEV, { tags: many(12) });
    new DnsZone(workload, 'Zone', ZONE).addOverride('tags', undefined);

    expect(new Rendered(workload).only('azurerm_dns_zone')).not.toHaveProperty('tags');
  });
});
