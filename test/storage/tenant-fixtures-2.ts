import { Environment, TenantStorageAccount, TenantStorageAccountProps } from '../../src';
import { workloadIn } from '../support';

export const ACME = { tenants: { acme: {} } };

export function filesIn(
  environment: Environment,
  props: TenantStorageAccountProps = ACME,
  workload = workloadIn(environment),
) {
  return { workload, account: new TenantStorageAccount(workload, 'Files', props) };
}
