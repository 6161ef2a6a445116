import { Testing, TerraformStack } from 'cdktf';
import { AzureProviders, Environment, Workload, WorkloadProps } from '../../src';

/** The environments of the table, in the order of promotion. */
export const ENVIRONMENTS = [
  Environment.DEV,
  Environment.TEST,
  Environment.STAGING,
  Environment.PREPROD,
  Environment.PROD,
];

/** A stack with providers, and nothing else. */
export function stackNamed(name: string = 'stack'): TerraformStack {
  const stack = new TerraformStack(Testing.app(), name);
  new AzureProviders(stack, 'Providers');
  return stack;
}

/** A workload on an otherwise empty stack. */
export function workloadIn(environment: Environment, props: Partial<WorkloadProps> = {}): Workload {
  return new Workload(stackNamed(), 'Billing', {
    name: 'billing',
    environment,
    location: 'westeurope',
    owner: 'team-billing',
    costCenter: '4711',
    organization: 'example.com',
    ...props,
  });
}
