import {
  Environment,
  EphemeralPassword,
  Grant,
  ManagedIdentity,
  PrivateNetwork,
  SecretVault,
  SecureWebApp,
  StateAccount,
  WebAppRuntime,
  Workload,
} from '../../src';
import { groupIn, Rendered, workloadIn } from '../support';

type Define = (workload: Workload, network: PrivateNetwork) => void;

/** One of everything that exists, twice: siblings of a kind are where positions would show. */
const SIBLINGS: Define[] = ['North', 'South'].flatMap((side): Define[] => [
  (workload) => {
    const identity = new ManagedIdentity(workload, `${side}Identity`);
    const grantee = workload.node.tryFindChild('Group') ? identity : groupIn(workload);
    Grant.once(identity, { grantee, role: 'Reader', resourceId: identity.identityId });
  },
  (workload) => new EphemeralPassword(workload, `${side}Password`),
  (workload) =>
    new PrivateNetwork(workload, `${side}Network`, { addressSpace: side === 'North' ? '10.1.0.0/22' : '10.2.0.0/22' }),
  (workload, network) => {
    const vault = new SecretVault(workload, `${side}Vault`, { network, runnerInNetwork: true });
    const names = ['alpha', 'beta'];
    (side === 'North' ? names : names.reverse()).forEach((name) => vault.addGeneratedSecret(name));
    vault.addKey('documents');
  },
  (workload, network) => new StateAccount(workload, `${side}State`, { network }),
  (workload, network) =>
    new SecureWebApp(workload, `${side}App`, {
      network,
      runtime: WebAppRuntime.node('22-lts'),
      settings: side === 'North' ? { A: '1', B: '2' } : { B: '2', A: '1' },
    }),
]);

function rendered(environment: Environment, siblings: Define[], location: string = 'westeurope') {
  const workload = workloadIn(environment, { location });
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
