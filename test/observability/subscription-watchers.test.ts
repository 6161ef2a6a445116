import { App, TerraformStack, TerraformVariable } from 'cdktf';
import { AzureProviders, Environment } from '../../src';
import { workloadOn } from '../support';
import { scratch } from '../support/scratch';
import { stackIn } from './fixtures';

const GUID = '00000000-0000-0000-0000-00000000000a';
const OTHER = '00000000-0000-0000-0000-00000000000B';
const USED_UP =
  "set 'subscriptionUnwatched', or people are told twice, and its limits of 100 activity-log alerts and 5 diagnostic settings are used up";
const IF_ANOTHER = "; if it is another one, give each 'AzureProviders' its 'subscriptionId'";

interface Watcher {
  readonly environment?: Environment;
  readonly subscriptionId?: string;
  readonly isComputed?: boolean;
  readonly subscriptionUnwatched?: boolean;
  /** Whether it is in the stack of the one before. */
  readonly beside?: boolean;
}

/** What a program says in which so many watch. */
function said(...watchers: Watcher[]) {
  const app = new App({ outdir: scratch('watchers') });
  let stack: TerraformStack;
  watchers.forEach(
    ({ environment = Environment.DEV, subscriptionId, isComputed, subscriptionUnwatched, beside }, index) => {
      if (!beside) {
        stack = new TerraformStack(app, `stack${index}`);
        const computed = isComputed ? new TerraformVariable(stack, 'subscription', {}).stringValue : undefined;
        new AzureProviders(stack, 'Providers', { subscriptionId: computed ?? subscriptionId });
      }
      const workload = workloadOn(stack, `W${index}`, { environment });
      stackIn(workload, { subscriptionUnwatched });
    },
  );
  const told = () =>
    Object.values<any>(app.manifest.stacks).flatMap(({ annotations }) =>
      annotations.map(({ constructPath, message }: any) => `${constructPath}: ${message}`),
    );
  app.synth();
  const first = told();
  // a second synthesis says nothing twice
  app.synth();
  expect(told()).toEqual(first);
  return first;
}

describe('who watches the same subscription', () => {
  test('is told from the second on, in other stacks too', () => {
    expect(
      said(
        { subscriptionId: GUID },
        { subscriptionId: GUID.toUpperCase(), environment: Environment.PROD },
        { subscriptionId: OTHER },
        { subscriptionId: GUID, subscriptionUnwatched: true },
        { subscriptionId: GUID },
      ),
    ).toEqual(
      ['stack1/W1', 'stack4/W4'].map(
        (path) =>
          `${path}/Observability: watches the subscription ${GUID}, which stack0/W0/Observability watches already: ${USED_UP}`,
      ),
    );
  });

  test('is taken to be of the environment where no provider names one', () => {
    expect(said({}, { environment: Environment.PROD }, {}, { subscriptionId: GUID })).toEqual([
      `stack2/W2/Observability: watches the subscription of dev, which stack0/W0/Observability watches already: ${USED_UP}${IF_ANOTHER}`,
    ]);
  });

  test('is only known to be the same in one stack where Terraform has yet to compute it', () => {
    expect(said({ isComputed: true }, { beside: true }, { isComputed: true }, {})).toEqual([
      `stack0/W1/Observability: watches the subscription of its stack, which stack0/W0/Observability watches already: ${USED_UP}`,
    ]);
  });

  test('is refused from the sixth on', () => {
    const five = Array.from({ length: 5 }, () => ({ subscriptionId: GUID }));
    const paths = five.map((_, i) => `stack${i}/W${i}/Observability`).join(', ');
    expect(said(...five, { subscriptionId: GUID, subscriptionUnwatched: true })).toHaveLength(4);
    expect(() => said(...five, { subscriptionId: GUID })).toThrow(
      `[stack5/W5/Observability] 'subscriptionUnwatched' must be true, because the subscription ${GUID} takes 5 diagnostic settings, and ${paths} watch it already`,
    );
    expect(() => said(...five.map(() => ({})), {})).toThrow(
      `'subscriptionUnwatched' must be true, because the subscription of dev takes 5 diagnostic settings, and ${paths} watch it already${IF_ANOTHER}`,
    );
  });
});
