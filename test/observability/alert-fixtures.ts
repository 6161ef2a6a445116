import { Environment, ObservabilityStackProps } from '../../src';
import { workloadIn } from '../support';
import { BUSY, stackIn, STUCK, Widget } from './fixtures';

/** The stack with two widgets, tuned. */
export function tuned(alerts: ObservabilityStackProps['alerts'] = {}, props: Partial<ObservabilityStackProps> = {}) {
  const workload = workloadIn(Environment.DEV);
  const stack = stackIn(workload, { alerts, ...props });
  new Widget(workload, 'one', { signals: [BUSY, STUCK], healthUrls: { Health: 'https://one.example.com' } });
  new Widget(workload, 'two', { signals: [BUSY, { ...BUSY, key: 'Calm' }] });
  return { workload, stack };
}
