import {
  BackupVault,
  CostBudget,
  DeploymentIdentities,
  DnsZone,
  EdgeGateway,
  EmailService,
  Environment,
  EvidenceStore,
  ManagedPostgres,
  ManagedRedis,
  ObservabilityStack,
  PrivateNetwork,
  PromotionPipeline,
  SecretVault,
  SecureWebApp,
  StateAccount,
  TenantStorageAccount,
  WebAppRuntime,
  Workload,
} from '../../src';
import { groupIn, workloadIn } from '../support';
import { isConstruct, names, propsOf, requiredOf, sampleOf, types } from './assembly';

/** What each construct takes; those without props of their own are not made by users, or take nothing that could be of a wrong kind. */
const constructs = Object.values(types).flatMap((type) => {
  const [, , props] = type.initializer?.parameters ?? [];
  return type.kind === 'class' && isConstruct(type) && props?.name === 'props'
    ? [[type.name, props.type.fqn!] as const]
    : [];
});

/** The error of a construct with certain props. */
function errorOf(name: string, props?: unknown): string {
  const workload = workloadIn(Environment.DEV);
  try {
    new names[name](workload, 'Subject', props);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

const without = (left: string, props: object) =>
  Object.fromEntries(Object.entries(props).filter(([prop]) => prop !== left));

/** What stands for something that is defined elsewhere, and the parameters that it is found by. */
const imports = Object.values(types).flatMap((type) =>
  type.kind === 'class' && isConstruct(type)
    ? (type.methods ?? [])
        .filter((method) => method.static && method.name.startsWith('from'))
        .map(
          ({ name, parameters = [] }) =>
            [type.name, name, parameters.filter(({ optional }) => !optional).slice(2)] as const,
        )
    : [],
);

/** One of each construct that has methods which take others. */
function instances(workload: Workload): { readonly [name: string]: any } {
  const network = new PrivateNetwork(workload, 'Network', { addressSpace: '10.0.0.0/22' });
  const vault = new SecretVault(workload, 'Vault', { network, runnerInNetwork: true });
  const store = new EvidenceStore(workload, 'Store', { network });
  const files = new TenantStorageAccount(workload, 'Files', { network });
  const runtime = WebAppRuntime.node('22-lts');
  const edge = new EdgeGateway(workload, 'Edge');
  const administrator = { principalName: 'admins', principal: groupIn(workload) };
  const postgres = new ManagedPostgres(workload, 'Db', { network, administrator });
  const pipeline = new PromotionPipeline(workload, 'Pipeline', {
    repository: 'acme/shop',
    stages: [{ environment: Environment.PROD, approvals: [] }],
  });
  return {
    BackupVault: new BackupVault(workload, 'Backups'),
    CostBudget: new CostBudget(workload, 'Budget', { amount: 1, startMonth: '2026-01', contactRoles: ['Owner'] }),
    DeploymentIdentities: new DeploymentIdentities(workload, 'Identities', {
      pipeline,
      stateAccountId:
        '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/stshop',
      subscriptionWide: true,
    }),
    DnsZone: new DnsZone(workload, 'Zone', { zoneName: 'example.com' }),
    EdgeBackend: edge.addBackend('api', new SecureWebApp(workload, 'Api', { runtime })),
    EdgeGateway: edge,
    EmailService: new EmailService(workload, 'Mail'),
    EvidenceContainer: store.addContainer('audit'),
    EvidenceStore: store,
    ManagedPostgres: postgres,
    ManagedRedis: new ManagedRedis(workload, 'Cache', { network }),
    ObservabilityStack: new ObservabilityStack(workload, 'Watch', {
      runbookUrl: 'https://example.com',
      routes: { Team: { emails: ['team@example.com'] } },
    }),
    PostgresDatabase: postgres.addDatabase('other'),
    PrivateNetwork: network,
    PrivateSubnet: network.addSubnet('jobs', { cidr: '10.0.3.0/26' }),
    PromotionPipeline: pipeline,
    SecretVault: vault,
    SecureWebApp: new SecureWebApp(workload, 'App', { runtime }),
    StateAccount: new StateAccount(workload, 'State', { network }),
    TenantStorage: files.addTenant('acme'),
    TenantStorageAccount: files,
    VaultCertificate: vault.addCertificate('tls', { dnsNames: ['example.com'] }),
    VaultKey: vault.addKey('data'),
    VaultSecret: vault.addGeneratedSecret('token'),
    Workload: workload,
  };
}

/** Methods that users call with what could be of another kind: `bind…()` is called by constructs. */
const calls = Object.values(types).flatMap((type) =>
  type.kind === 'class' && isConstruct(type)
    ? (type.methods ?? []).flatMap(({ name, parameters = [], ...method }) => {
        const kinds = parameters.filter(
          ({ type: { fqn, collection } }) => collection || (fqn && !types[fqn]?.datatype),
        );
        const byUsers = !method.static && !method.protected && !name.startsWith('bind');
        return byUsers ? kinds.map((parameter) => [type.name, name, parameter.name, parameters] as const) : [];
      })
    : [],
);

describe.each(constructs)('%s', (name, fqn) => {
  const required = propsOf(fqn).filter(({ optional }) => !optional);
  const optional = propsOf(fqn).filter(({ optional: it }) => it);
  const ofAKind = optional.filter(({ type }) => type.collection || type.fqn);

  test('says which required props are missing', () => {
    const errors = required.map(({ name: prop }) => errorOf(name, without(prop, requiredOf(fqn))));
    expect(errors).toEqual(
      required.map(({ name: prop }) =>
        expect.stringMatching(new RegExp(`^stack/Billing/Subject: '${prop}(\\..*)?' must be [^;]+, got nothing$`)),
      ),
    );
  });

  test('says which optional props are of another kind', () => {
    const errors = ofAKind.map(({ name: prop }) => errorOf(name, { ...requiredOf(fqn), [prop]: 'nonsense' }));
    expect(errors).toEqual(
      ofAKind.map(({ name: prop }) =>
        expect.stringMatching(new RegExp(`^stack/Billing/Subject: '${prop}' must be [^;]+, got "nonsense"$`)),
      ),
    );
  });
});

describe('imports', () => {
  test.each(imports)('%s.%s() says what is missing', (construct, method, parameters) => {
    const scope = workloadIn(Environment.DEV);
    const samples = parameters.map(({ type }) => sampleOf(type));
    const lacking = parameters.flatMap(({ name, type }, index) => {
      const { fqn = '' } = type;
      const [props, values] = types[fqn]?.datatype
        ? [Object.keys(requiredOf(fqn)), (prop: string) => without(prop, requiredOf(fqn))]
        : [[name], () => undefined];
      return props.map((prop) => ({
        prop,
        given: samples.map((sample, at) => (at === index ? values(prop) : sample)),
      }));
    });

    expect(lacking.length).toBeGreaterThan(0);
    for (const { prop, given } of lacking) {
      expect(() => names[construct][method](scope, `Without-${prop}`, ...given)).toThrow(
        new RegExp(`^stack/Billing/Without-${prop}: .*'${prop}' must be [^;]+, got nothing(;.*)?$`),
      );
    }
  });
});

describe('collaborators', () => {
  const made = instances(workloadIn(Environment.PROD));

  test.each(calls)('%s.%s(): %s', (construct, method, wrong, parameters) => {
    const given = (value: unknown) => parameters.map(({ name, type }) => (name === wrong ? value : sampleOf(type)));
    const form = (shown: string) =>
      new RegExp(`^stack/Billing(/[\\w-]+)*: .*'${wrong}' must be [^;]+, got ${shown}(;.*)?$`);

    expect(() => made[construct][method](...given('nonsense'))).toThrow(form('"nonsense"'));
    expect(() => made[construct][method](...given(undefined))).toThrow(form('nothing'));
  });
});

describe('in words', () => {
  const {
    SecureWebApp: app,
    SecretVault: vault,
    BackupVault: backups,
    EdgeGateway: edge,
  } = instances(workloadIn(Environment.PROD));

  test.each<[string, () => unknown, string]>([
    [
      'a connection with nothing',
      () => app.addConnection('X', process.env.NOT_SET),
      "App: 'target' must be something that takes connections, e.g. a ManagedPostgres, got nothing",
    ],
    [
      'a connection with another construct',
      () => app.addConnection('X', app.plan),
      `App: 'target' must be something that takes connections, e.g. a ManagedPostgres, got the WebAppPlan "stack/Billing/App/Plan"`,
    ],
    [
      'the name of a secret for the secret',
      () => app.addSecret('TOKEN', 'payment-token'),
      `App: 'secret' must be a secret, e.g. secretNamed('…') of a SecretVault, got "payment-token"`,
    ],
    [
      'a secret without a name',
      () => vault.secretNamed(process.env.NOT_SET),
      "Vault: 'name' must have 1 to 127 letters, digits or hyphens, got nothing",
    ],
    [
      'the id of somebody for somebody',
      () => vault.grantReadSecrets('00000000-0000-0000-0000-000000000001'),
      `Vault: 'grantee' must be a principal, e.g. a ManagedIdentity or Principal.group(…), got "00000000-0000-0000-0000-000000000001"`,
    ],
    [
      'a backup of what has none',
      () => backups.addBackup('app', app),
      `Backups: 'source' must be something that can be backed up, e.g. a ManagedPostgres or a TenantStorageAccount, got the SecureWebApp "stack/Billing/App"`,
    ],
    [
      'an edge in front of a vault',
      () => edge.addBackend('api', vault),
      `Edge: 'origin' must be something that an edge serves, e.g. a SecureWebApp, got the SecretVault "stack/Billing/Vault"`,
    ],
    [
      'the name of a zone for the zone',
      () => app.addDomain('www.example.com', { dnsZone: 'example.com' }),
      `App/Domain-www.example.com: 'dnsZone' must be a DNS zone, e.g. a DnsZone, got "example.com"`,
    ],
    [
      'the name of a zone for the zone, at an edge',
      () => edge.addDomain('www.example.com', { dnsZone: 'example.com' }),
      `Edge: 'dnsZone' must be a DNS zone, e.g. a DnsZone, got "example.com"`,
    ],
    [
      'a setting without a value',
      () => app.addSetting('MODE', process.env.NOT_SET),
      "App: 'value' must be a text, got nothing",
    ],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(new Error(`stack/Billing/${message}`));
  });
});
