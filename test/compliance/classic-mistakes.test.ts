import { ContainerRegistry } from '@cdktf/provider-azurerm/lib/container-registry';
import { KeyVault } from '@cdktf/provider-azurerm/lib/key-vault';
import { KeyVaultSecret } from '@cdktf/provider-azurerm/lib/key-vault-secret';
import { KubernetesCluster } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { LinuxWebApp } from '@cdktf/provider-azurerm/lib/linux-web-app';
import { ManagedRedis } from '@cdktf/provider-azurerm/lib/managed-redis';
import { NetworkSecurityGroup } from '@cdktf/provider-azurerm/lib/network-security-group';
import { NetworkSecurityRule } from '@cdktf/provider-azurerm/lib/network-security-rule';
import { PostgresqlFlexibleServer } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server';
import { PostgresqlFlexibleServerFirewallRule } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server-firewall-rule';
import { RedisCache } from '@cdktf/provider-azurerm/lib/redis-cache';
import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { StorageContainer } from '@cdktf/provider-azurerm/lib/storage-container';
import { Construct } from 'constructs';
import { Compliance } from '../../src/compliance/compliance';
import { RulePack } from '../../src/compliance/rule-pack';
import { Rendered, stackNamed } from '../support';

const common = { name: 'mistake', resourceGroupName: 'rg', location: 'westeurope' };

const account = (scope: Construct, props: object = {}) =>
  new StorageAccount(scope, 'Mistake', { ...common, accountTier: 'Standard', accountReplicationType: 'LRS', ...props });

const inbound = (scope: Construct, source: string, port: string, protocol = 'Tcp') =>
  new NetworkSecurityRule(scope, 'Mistake', {
    name: 'in',
    resourceGroupName: 'rg',
    networkSecurityGroupName: 'nsg',
    priority: 100,
    direction: 'Inbound',
    access: 'Allow',
    protocol,
    sourceAddressPrefix: source,
    sourcePortRange: '*',
    destinationAddressPrefix: '*',
    destinationPortRange: port,
  });

const app = (scope: Construct, props: object = {}, site: object = {}) =>
  new LinuxWebApp(scope, 'Mistake', { ...common, servicePlanId: 'plan', siteConfig: site, ...props });

const server = (scope: Construct, props: object = {}) =>
  new PostgresqlFlexibleServer(scope, 'Mistake', { ...common, ...props });

const vault = (scope: Construct, props: object = {}) =>
  new KeyVault(scope, 'Mistake', { ...common, skuName: 'standard', tenantId: 'tenant', ...props });

const cluster = (scope: Construct, props: object = {}) =>
  new KubernetesCluster(scope, 'Mistake', { ...common, defaultNodePool: { name: 'system' }, dnsPrefix: 'x', ...props });

test.each<[string, string, (scope: Construct) => unknown]>([
  ['a storage account on the internet', 'STO-012', (scope) => account(scope)],
  ['blobs for everybody', 'STO-001', (scope) => account(scope, { allowNestedItemsToBePublic: true })],
  ['storage keys', 'STO-002', (scope) => account(scope)],
  ['storage without TLS', 'STO-018', (scope) => account(scope, { httpsTrafficOnlyEnabled: false })],
  [
    'a public container',
    'STO-013',
    (scope) =>
      new StorageContainer(scope, 'Mistake', { name: 'x', storageAccountId: 'x', containerAccessType: 'blob' }),
  ],
  ['SSH open to *', 'NET-003', (scope) => inbound(scope, '*', '22')],
  ['remote desktop open to 0.0.0.0/0', 'NET-002', (scope) => inbound(scope, '0.0.0.0/0', '3000-4000')],
  ['HTTPS open to ::/0', 'NET-001', (scope) => inbound(scope, '::/0', '443')],
  ['HTTPS open to 0.0.0.0/0', 'NET-001', (scope) => inbound(scope, '0.0.0.0/0', '443')],
  [
    'everything open, inline',
    'NET-001',
    (scope) =>
      new NetworkSecurityGroup(scope, 'Mistake', {
        ...common,
        securityRule: [
          {
            name: 'in',
            priority: 100,
            direction: 'Inbound',
            access: 'Allow',
            protocol: '*',
            sourceAddressPrefix: 'Internet',
            destinationPortRange: '*',
          },
        ],
      }),
  ],
  [
    'an admin account of a registry',
    'ACR-001',
    (scope) => new ContainerRegistry(scope, 'Mistake', { ...common, sku: 'Premium', adminEnabled: true }),
  ],
  ['a vault on the internet', 'VLT-001', (scope) => vault(scope)],
  ['a vault with access policies', 'VLT-006', (scope) => vault(scope, { rbacAuthorizationEnabled: false })],
  [
    'a secret in the state',
    'VLT-022',
    (scope) => new KeyVaultSecret(scope, 'Mistake', { name: 'x', keyVaultId: 'x', value: 'hunter2' }),
  ],
  ['an app that speaks HTTP', 'WEB-001', (scope) => app(scope)],
  ['an app with FTP', 'WEB-006', (scope) => app(scope, {}, { ftpsState: 'AllAllowed' })],
  ['a password among the settings', 'WEB-027', (scope) => app(scope, { appSettings: { DB_PASSWORD: 'hunter2' } })],
  [
    'an access key among the settings',
    'WEB-027',
    (scope) => app(scope, { appSettings: { STORAGE: '${azurerm_storage_account.data.primary_access_key}' } }),
  ],
  ['a database on the internet', 'PGS-001', (scope) => server(scope)],
  ['a database password in the state', 'PGS-006', (scope) => server(scope, { administratorPassword: 'hunter2' })],
  [
    'a database open to all of Azure',
    'PGS-002',
    (scope) =>
      new PostgresqlFlexibleServerFirewallRule(scope, 'Mistake', {
        name: 'azure',
        serverId: 'x',
        startIpAddress: '0.0.0.0',
        endIpAddress: '0.0.0.0',
      }),
  ],
  [
    'a cache on the internet',
    'RED-001',
    (scope) => new ManagedRedis(scope, 'Mistake', { ...common, skuName: 'Balanced_B0' }),
  ],
  [
    'a cache without TLS',
    'RED-013',
    (scope) =>
      new RedisCache(scope, 'Mistake', {
        ...common,
        capacity: 1,
        family: 'C',
        skuName: 'Basic',
        nonSslPortEnabled: true,
      }),
  ],
  ['a public API server', 'AKS-001', (scope) => cluster(scope)],
  ['local accounts of a cluster', 'AKS-005', (scope) => cluster(scope)],
  [
    'an owner',
    'IAM-001',
    (scope) => new RoleAssignment(scope, 'Mistake', { scope: 'x', principalId: 'x', roleDefinitionName: 'Owner' }),
  ],
])('%s is caught by %s', (_, id, plant) => {
  const stack = stackNamed();
  Compliance.of(stack).enforce({ packs: [RulePack.SECURITY] });

  plant(stack);

  expect(() => new Rendered(stack)).toThrow(new RegExp(`stack/Mistake: .+ \\(${id}\\); needs `));
});
