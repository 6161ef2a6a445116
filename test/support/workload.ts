import { Testing, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { AzureProviders } from '../../src/core/azure-providers';
import { Environment } from '../../src/core/environment';
import { Workload, WorkloadProps } from '../../src/core/workload';

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
  return workloadOn(stackNamed(), 'Billing', { environment, ...props });
}

/** A workload that is called like its id, on a stack that is there already. */
export function workloadOn(scope: Construct, id: string, props: Partial<WorkloadProps> = {}): Workload {
  const name = id.toLowerCase();
  return new Workload(scope, id, {
    name,
    environment: Environment.DEV,
    location: 'westeurope',
    owner: `team-${name}`,
    costCenter: '4711',
    organization: 'example.com',
    ...props,
  });
}
