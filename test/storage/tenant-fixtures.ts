import { Environment, TenantStorageAccount, TenantStorageAccountProps } from '../../src';
import { workloadIn } from '../support';

export const GUID = '00000000-0000-0000-0000-000000000001';

export function defined(props: TenantStorageAccountProps, workload = workloadIn(Environment.DEV)) {
  return new TenantStorageAccount(workload, 'Files', props);
}

export const error = (...clauses: string[]) => new Error(`stack/Billing/Files: ${clauses.join('; ')}`);

export const ACME = { tenants: { acme: {} } };

export function filesIn(
  environment: Environment,
  props: TenantStorageAccountProps = ACME,
  workload = workloadIn(environment),
) {
  return { workload, account: new TenantStorageAccount(workload, 'Files', props) };
}
