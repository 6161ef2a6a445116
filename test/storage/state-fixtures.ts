import { Environment, StateAccount, StateAccountProps } from '../../src';
import { workloadIn } from '../support';

export const RUNNERS = { allowedIpRules: ['203.0.113.7'] };

export function stateIn(
  environment: Environment,
  props: StateAccountProps = RUNNERS,
  workload = workloadIn(environment),
) {
  return { workload, account: new StateAccount(workload, 'State', props) };
}
