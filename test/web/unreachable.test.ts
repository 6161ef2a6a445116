import { TerraformResource, TerraformStack, Testing } from 'cdktf';
import { IConnectionTarget } from '../../src/contracts/connection';
import { IPrivateNetwork } from '../../src/contracts/network';
import { Environment } from '../../src/core/environment';
import { Workload } from '../../src/core/workload';
import { ManagedPostgres } from '../../src/data/managed-postgres';
import { ManagedRedis } from '../../src/data/managed-redis';
import { PrivateDns } from '../../src/network/private-dns';
import { PrivateEndpoint } from '../../src/network/private-endpoint';
import { PrivateLinkTarget } from '../../src/network/private-link-target';
import { PrivateNetwork } from '../../src/network/private-network';
import { SecretVault } from '../../src/security/secret-vault';
import { EvidenceStore } from '../../src/storage/evidence-store';
import { TenantStorageAccount } from '../../src/storage/tenant-storage-account';
import { SecureWebApp } from '../../src/web/secure-web-app';
import { SecureWebAppProps } from '../../src/web/secure-web-app-props';
import { groupIn, workloadIn } from '../support';
import { runtime } from './an-app';

const LINKS = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/hub/providers/Microsoft.Network';
const ADDRESSES = ['203.0.113.0/28'];
const [HERE, THERE] = ['10.0.0.0/22', '10.1.0.0/22'];

const dev = () => workloadIn(Environment.DEV);
const appIn = (workload: Workload, props: Partial<SecureWebAppProps> = {}) =>
  new SecureWebApp(workload, 'Api', { runtime, publiclyReachable: true, ...props });
const network = (workload: Workload, id: string = 'Network', addressSpace: string = HERE) =>
  new PrivateNetwork(workload, id, { addressSpace, flowLogs: false, privateDns: PrivateDns.managedByPolicy() });
const cache = (workload: Workload, lan: IPrivateNetwork) => new ManagedRedis(workload, 'Cache', { network: lan });

/** What synthesis says about an app, however often it is done. */
function warningsOf(app: SecureWebApp): string[] {
  const stack = TerraformStack.of(app);
  Testing.synth(stack, true);
  Testing.synth(stack, true);
  return app.node.metadata.filter(({ type }) => type.endsWith('warn')).map(({ data }) => data);
}

/** What is closed, and what opens it, by its name. */
const TARGETS: { [name: string]: (workload: Workload, lan?: IPrivateNetwork, open?: boolean) => IConnectionTarget } = {
  Backend: (workload, lan, open) =>
    new SecureWebApp(workload, 'Backend', { runtime, network: lan, publiclyReachable: open }),
  Cache: (workload, lan) => cache(workload, lan!),
  Database: (workload, lan, open) => postgres(workload, lan!, open),
  'Database/Database-orders': (workload, lan, open) => postgres(workload, lan!, open).addDatabase('orders'),
  'Evidence/Container-files': (workload, lan, open) =>
    new EvidenceStore(workload, 'Evidence', { network: lan, ...rules(open) }).addContainer('files'),
  Files: (workload, lan, open) => new TenantStorageAccount(workload, 'Files', { network: lan, ...rules(open) }),
  'Files/Tenant-acme': (workload, lan, open) =>
    new TenantStorageAccount(workload, 'Files', { network: lan, ...rules(open) }).addTenant('acme'),
  Vault: (workload, lan, open) => new SecretVault(workload, 'Vault', { network: lan, ...rules(open) }),
};
const rules = (open: boolean = false) => (open ? { allowedIpRules: ADDRESSES } : {});

function postgres(workload: Workload, lan: IPrivateNetwork, open: boolean = false): ManagedPostgres {
  return new ManagedPostgres(workload, 'Database', {
    network: lan,
    administrator: { principal: groupIn(workload), principalName: 'dba' },
    ...(open && { publicAccess: { addresses: ADDRESSES, reason: 'an old office' } }),
  });
}

describe('an app without a network', () => {
  test.each(Object.keys(TARGETS))('is warned that it cannot reach %s, which is in one', (name) => {
    const workload = dev();
    const app = appIn(workload);
    app.addConnection('IT', TARGETS[name](workload, network(workload)));

    expect(warningsOf(app)).toEqual([
      `cannot reach stack/Billing/${name}: only stack/Billing/Network leads there; give the app that 'network'`,
    ]);
  });

  test.each(Object.keys(TARGETS).filter((name) => name !== 'Cache'))(
    'is not warned of %s where that is open',
    (name) => {
      const workload = dev();
      const app = appIn(workload);
      app.addConnection('IT', TARGETS[name](workload, network(workload), true));

      expect(warningsOf(app)).toEqual([]);
    },
  );

  test('is warned of a replica, and once of all that take the same remedy', () => {
    const workload = workloadIn(Environment.PROD);
    const lan = network(workload);
    const app = appIn(workload);
    const vault = new SecretVault(workload, 'Vault', { network: lan, runnerInNetwork: true });
    const replica = postgres(workload, lan).addReplica('reports');

    app.addConnection('REPORTS', replica);
    app.addSecret('TOKEN', vault.secretNamed('token'));
    app.addSecret('OTHER', vault.addGeneratedSecret('other'));
    app.addSecret('SAME', vault.secretNamed('token'));
    app.addSecret('CERTIFICATE', vault.addCertificate('tls', { dnsNames: ['api.example.com'] }));

    const targets = [
      'Database/Replica-reports',
      'Vault/Certificate-tls',
      'Vault/Secret-other',
      'Vault/SecretNamed-token',
    ];
    expect(warningsOf(app)).toEqual([
      `cannot reach ${targets.map((path) => `stack/Billing/${path}`).join(', ')}: only stack/Billing/Network leads there; give the app that 'network'`,
    ]);
  });

  test('is warned of a vault in no network, as is an app with one', () => {
    const [closed, alone] = [dev(), dev()];
    const [app, other] = [appIn(closed, { network: network(closed) }), appIn(alone)];
    app.addSecret('TOKEN', new SecretVault(closed, 'Vault').secretNamed('token'));
    other.addSecret('TOKEN', new SecretVault(alone, 'Vault').secretNamed('token'));

    const message =
      "cannot reach stack/Billing/Vault/SecretNamed-token: nothing leads there, closed as it is and in no network; give it and the app the same 'network'";
    expect(warningsOf(app)).toEqual([message]);
    expect(warningsOf(other)).toEqual([message]);
  });
});

describe('an app in another network', () => {
  /** An app in one network, and a cache in another one. */
  function apart() {
    const workload = dev();
    const [lan, other] = [network(workload), network(workload, 'Other', THERE)];
    const app = appIn(workload, { network: lan });
    app.addConnection('CACHE', cache(workload, other));
    return { workload, lan, other, app };
  }

  test('is warned', () => {
    expect(warningsOf(apart().app)).toEqual([
      "cannot reach stack/Billing/Cache: only stack/Billing/Other leads there, and the app is in stack/Billing/Network; give both the same 'network', or peer the two",
    ]);
  });

  test('is not warned where the two are peered, also afterwards', () => {
    const { lan, other, app } = apart();
    lan.peerWith('other', other);

    expect(warningsOf(app)).toEqual([]);
  });

  test('is warned where only one of them is peered, with a third', () => {
    const { workload, lan, app } = apart();
    lan.peerWith('hub', network(workload, 'Hub', '10.2.0.0/22'));

    expect(warningsOf(app)).toHaveLength(1);
  });

  test('is not warned where each is peered with a hub', () => {
    const { workload, lan, other, app } = apart();
    const hub = network(workload, 'Hub', '10.2.0.0/22');
    lan.peerWith('hub', hub, { forwardedTraffic: true });
    other.peerWith('hub', hub, { forwardedTraffic: true });

    expect(warningsOf(app)).toEqual([]);
  });

  test.each(['azurerm_virtual_network_peering', 'azurerm_virtual_hub_connection', 'azurerm_virtual_network_gateway'])(
    'is not warned where a %s is written by hand',
    (terraformResourceType) => {
      const { workload, app } = apart();
      new TerraformResource(workload, 'Hand', { terraformResourceType });

      expect(warningsOf(app)).toEqual([]);
    },
  );

  test('is not warned where the cache has an endpoint in the network of the app as well', () => {
    const { workload, lan, app } = apart();
    const resourceId = (workload.node.findChild('Cache') as ManagedRedis).redisId;
    new PrivateEndpoint(workload, 'PrivateEndpoint', { network: lan, resourceId, target: PrivateLinkTarget.REDIS });

    expect(warningsOf(app)).toEqual([]);
  });
});

describe('nothing is said', () => {
  test('of the same network', () => {
    const workload = dev();
    const lan = network(workload);
    const app = appIn(workload, { network: lan });
    app.addConnection('CACHE', cache(workload, lan));

    expect(warningsOf(app)).toEqual([]);
  });

  test('of networks that are defined elsewhere', () => {
    const workload = dev();
    const imported = PrivateNetwork.fromAttributes(workload, 'Imported', {
      virtualNetworkId: `${LINKS}/virtualNetworks/hub`,
      endpointSubnetId: `${LINKS}/virtualNetworks/hub/subnets/endpoints`,
      privateDns: PrivateDns.managedByPolicy(),
    });
    const app = appIn(workload, { network: network(workload) });
    app.addConnection('CACHE', cache(workload, imported));

    expect(warningsOf(app)).toEqual([]);
  });

  test('of what is defined elsewhere', () => {
    const workload = dev();
    const app = appIn(workload);
    const vaultId = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-acme';
    app.addSecret('TOKEN', SecretVault.fromVaultId(workload, 'Vault', vaultId).secretNamed('token'));

    expect(warningsOf(app)).toEqual([]);
  });

  test('of an app or a vault that was changed by the escape hatch', () => {
    const [one, other] = [dev(), dev()];
    const [moved, app] = [appIn(one), appIn(other)];
    moved.addConnection('CACHE', cache(one, network(one)));
    moved.resources.webApp.virtualNetworkSubnetId = `${LINKS}/virtualNetworks/hub/subnets/apps`;
    const vault = new SecretVault(other, 'Vault');
    app.addSecret('TOKEN', vault.secretNamed('token'));
    vault.resources.vault.publicNetworkAccessEnabled = true;

    expect(warningsOf(moved)).toEqual([]);
    expect(warningsOf(app)).toEqual([]);
  });

  test('where the subnet of the app is nothing of Terraform', () => {
    const workload = dev();
    const app = appIn(workload, { ignoreChanges: ['virtual_network_subnet_id'] });
    app.addConnection('CACHE', cache(workload, network(workload)));

    expect(warningsOf(app)).toEqual([]);
  });
});
