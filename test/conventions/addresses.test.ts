import {
  BackupSource,
  BackupVault,
  CostBudget,
  CostGrouping,
  DeploymentIdentities,
  DnsRecordType,
  DnsZone,
  EdgeGateway,
  EmailService,
  Environment,
  EphemeralPassword,
  Geography,
  Grant,
  ManagedIdentity,
  ManagedRedis,
  PrivateNetwork,
  PromotionPipeline,
  SecretVault,
  SecureWebApp,
  StateAccount,
  StaticSite,
  StaticSiteHost,
  WebAppRuntime,
  Workload,
} from '../../src';
import { groupIn, Rendered, workloadIn } from '../support';

const DISKS = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Compute/disks';

const GROUPS = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups';

type Define = (workload: Workload, network: PrivateNetwork) => void;

/** One of everything that exists, twice: siblings of a kind are where positions would show. */
const SIBLINGS: Define[] = ['North', 'South'].flatMap((side): Define[] => [
  (workload) => {
    const identity = new ManagedIdentity(workload, `${side}Identity`);
    const grantee = workload.node.tryFindChild('Group') ? identity : groupIn(workload);
    Grant.once(identity, { grantee, role: 'Reader', resourceId: identity.identityId });
  },
  (workload) => new EphemeralPassword(workload, `${side}Password`),
  (workload) => {
    const stages = [{ environment: workload.environment, approvals: [] }];
    const pipeline = new PromotionPipeline(workload, `${side}Pipeline`, {
      name: side.toLowerCase(),
      repository: 'example/shop',
      stages,
    });
    const names = ['alpha', 'beta'];
    new DeploymentIdentities(workload, `${side}Identities`, {
      pipeline,
      stateAccountId: `${GROUPS}/rg/providers/Microsoft.Storage/storageAccounts/ststate`,
      resourceGroupNames: side === 'North' ? names : names.reverse(),
    });
  },
  (workload) =>
    new PrivateNetwork(workload, `${side}Network`, { addressSpace: side === 'North' ? '10.1.0.0/22' : '10.2.0.0/22' }),
  (workload, network) => {
    const vault = new SecretVault(workload, `${side}Vault`, { network, runnerInNetwork: true });
    const names = ['alpha', 'beta'];
    (side === 'North' ? names : names.reverse()).forEach((name) => vault.addGeneratedSecret(name));
    vault.addKey('documents');
  },
  (workload, network) =>
    void new ManagedRedis(workload, `${side}Cache`, { network }).grantConnect(
      new ManagedIdentity(workload, `${side}CacheClient`),
    ),
  (workload) => {
    const zone = new DnsZone(workload, `${side}Zone`, { zoneName: `${side.toLowerCase()}.example.com` });
    const edge = new EdgeGateway(workload, `${side}Edge`, { dnsZones: [zone] });
    const origin = new SecureWebApp(workload, `${side}Site`, { runtime: WebAppRuntime.node('22-lts') });
    const labels = ['alpha', 'beta'];
    (side === 'North' ? labels : labels.reverse()).forEach((label) => {
      zone.addRecord(DnsRecordType.TXT, '@', [label]);
      edge.addDomain(`${label}.${zone.zoneName}`);
    });
    edge.addFrontend('site', origin);
  },
  (workload) => {
    const names = ['alpha', 'beta'];
    const senders = side === 'North' ? names : names.reverse();
    new EmailService(workload, `${side}Email`, {
      domain: {
        domainName: `mail.${side.toLowerCase()}.example.com`,
        verified: true,
        senders: Object.fromEntries(senders.map((name) => [name, name])),
      },
    });
  },
  (workload) => {
    const host = StaticSiteHost.staticWebApp({ location: 'westeurope' });
    const site = new StaticSite(workload, `${side}Front`, { publiclyReachable: true, host });
    const names = ['alpha', 'beta'];
    (side === 'North' ? names : names.reverse()).forEach((name) => site.addDomain(`${name}.example.com`));
  },
  (workload) => {
    const contact = { startMonth: '2026-11', contactEmails: ['finance@example.com'] };
    const budget = new CostBudget(workload, `${side}Budget`, { ...contact, amount: 100 });
    const views = { services: CostGrouping.SERVICE, teams: CostGrouping.TEAM };
    const inOrder = Object.entries(views);
    (side === 'North' ? inOrder : inOrder.reverse()).forEach(([key, groupBy]) => budget.addView(key, { groupBy }));
  },
  (workload, network) => new StateAccount(workload, `${side}State`, { network }),
  (workload) => {
    const vault = new BackupVault(workload, `${side}Backups`);
    const keys = side === 'North' ? ['first', 'second'] : ['second', 'first'];
    keys.forEach((key) =>
      vault.addBackup(key, BackupSource.fromDiskId(workload, `${side}-${key}`, `${DISKS}/${side}-${key}`)),
    );
  },
  (workload, network) =>
    new SecureWebApp(workload, `${side}App`, {
      network,
      runtime: WebAppRuntime.node('22-lts'),
      settings: side === 'North' ? { A: '1', B: '2' } : { B: '2', A: '1' },
    }),
]);

function rendered(environment: Environment, siblings: Define[], location: string = 'westeurope') {
  const workload = workloadIn(environment, { location, geography: Geography.EUROPEAN_UNION });
  const network = new PrivateNetwork(workload, 'Network', { addressSpace: '10.0.0.0/22' });
  groupIn(workload);
  siblings.forEach((define) => define(workload, network));
  return new Rendered(workload).json;
}

/** Each resource as JSON, by its address. */
function resourcesOf({ resource }: { resource: { [type: string]: object } }): Map<string, string> {
  return new Map(
    Object.entries(resource).flatMap(([type, byId]) =>
      Object.entries(byId).map(([id, block]) => [`${type}.${id}`, JSON.stringify(block)] as const),
    ),
  );
}

describe.each([Environment.DEV, Environment.PROD])('$name', (environment) => {
  const all = rendered(environment, SIBLINGS);

  test('the order of siblings changes no byte', () => {
    expect(rendered(environment, [...SIBLINGS].reverse())).toEqual(all);
  });

  test('new siblings move and change nothing that was there', () => {
    const later = resourcesOf(all);
    // Those that siblings share, such as a private DNS zone, may appear; none may go or change
    for (const remainder of [0, 1]) {
      const some = SIBLINGS.filter((_, index) => index % 2 === remainder);
      const moved = [...resourcesOf(rendered(environment, some))].filter(
        ([address, block]) => later.get(address) !== block,
      );
      expect(moved.map(([address]) => address)).toEqual([]);
    }
  });
});

test('another name and another region of an environment move nothing', () => {
  const elsewhere = rendered(Environment.of('load', Environment.PROD.profile), SIBLINGS, 'swedencentral');

  expect([...resourcesOf(elsewhere).keys()]).toEqual([...resourcesOf(rendered(Environment.PROD, SIBLINGS)).keys()]);
});
