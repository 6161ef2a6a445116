import { Environment, ObservabilityStackProps } from '../../src';
import { Rendered, workloadIn } from '../support';
import { GROUP, stackIn, Widget } from './fixtures';

export const EXISTING = `${GROUP}/providers/Microsoft.Insights/actionGroups/ag`;

export function rendered(props: Partial<ObservabilityStackProps>): Rendered {
  const workload = workloadIn(Environment.DEV);
  new Widget(workload, 'one');
  stackIn(workload, props);
  return new Rendered(workload);
}
