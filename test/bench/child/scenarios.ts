import {
  AzureProviders,
  Environment,
  PrivateNetwork,
  SecureWebApp,
  WebAppRuntime,
  Workload,
} from 'azure-platform-constructs';
import { TerraformStack } from 'cdktf';

/** Defines a number of things in a stack. */
export type Scenario = (stack: TerraformStack, count: number) => void;

/** What is measured, by name; made of our constructs only. */
export const SCENARIOS: Record<string, Scenario> = {
  'web apps': (stack, count) => {
    new AzureProviders(stack, 'Providers');
    const workload = new Workload(stack, 'Shop', {
      name: 'shop',
      organization: 'example.com',
      environment: Environment.PROD,
      location: 'westeurope',
      owner: 'team-shop',
      costCenter: '4711',
    });
    const network = new PrivateNetwork(workload, 'Network', { addressSpace: '10.20.0.0/22' });
    for (let n = 1; n <= count; n++) {
      new SecureWebApp(workload, `App${n}`, { network, runtime: WebAppRuntime.node('22-lts') });
    }
  },
};
