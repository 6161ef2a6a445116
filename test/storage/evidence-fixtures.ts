import { Environment, EvidenceStore, EvidenceStoreProps } from '../../src';
import { workloadIn } from '../support';

export const WORKSPACE =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/log';

export const AUDITS = { containers: { audits: {} } };

export function storeIn(
  environment: Environment,
  props: EvidenceStoreProps = AUDITS,
  workload = workloadIn(environment),
) {
  return { workload, store: new EvidenceStore(workload, 'Evidence', props) };
}
