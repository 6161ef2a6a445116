import {
  AzureProviders,
  Environment,
  ObservabilityStack,
  PrivateNetwork,
  SecureWebApp,
  TenantStorageAccount,
  WebAppRuntime,
  Workload,
} from 'azure-platform-constructs';
import { App, TerraformStack } from 'cdktf';

/** Defines a number of things in an app. */
export type Scenario = (app: App, count: number) => void;

/** The one whose resources a raw program emits as well. */
export const COMPARED = 'web apps';

/** What is measured, by name; made of our constructs only. */
export const SCENARIOS: Record<string, Scenario> = {
  [COMPARED]: (app, count) => {
    const { workload, network } = platformIn(app, 'bench');
    for (let n = 1; n <= count; n++) {
      new SecureWebApp(workload, `App${n}`, { network, runtime: WebAppRuntime.node('22-lts') });
    }
  },
  'watched web apps': (app, count) => {
    const { workload, network } = platformIn(app, 'bench');
    new ObservabilityStack(workload, 'Observability', {
      routes: { team: { emails: ['team@example.com'] } },
      runbookUrl: 'https://runbooks.example.com/shop',
    });
    for (let n = 1; n <= count; n++) {
      new SecureWebApp(workload, `App${n}`, { network, runtime: WebAppRuntime.node('22-lts') });
    }
  },
  'stacks of one web app': (app, count) => {
    for (let n = 1; n <= count; n++) {
      const { workload, network } = platformIn(app, `bench${n}`);
      new SecureWebApp(workload, 'App', { network, runtime: WebAppRuntime.node('22-lts') });
    }
  },
  'tenants in one account': (app, count) => {
    const { workload, network } = platformIn(app, 'bench');
    const tenants = Object.fromEntries(Array.from({ length: count }, (_, n) => [`tenant${n}`, {}]));
    new TenantStorageAccount(workload, 'Files', { network, tenants });
  },
};

function platformIn(app: App, id: string): { workload: Workload; network: PrivateNetwork } {
  const stack = new TerraformStack(app, id);
  new AzureProviders(stack, 'Providers');
  const workload = new Workload(stack, 'Shop', {
    name: 'shop',
    organization: 'example.com',
    environment: Environment.PROD,
    location: 'westeurope',
    owner: 'team-shop',
    costCenter: '4711',
  });
  return { workload, network: new PrivateNetwork(workload, 'Network', { addressSpace: '10.20.0.0/22' }) };
}
