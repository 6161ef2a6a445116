import { App, TerraformStack } from 'cdktf';
import { AzureProviders, Environment, Grant } from '../../src';
import { countAssignment } from '../../src/access/assignment-limit';
import { groupIn, Rendered, workloadIn, workloadOn } from '../support';
import { scratch } from '../support/scratch';

const RESOURCE = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/acme';

describe('the limit of a subscription', () => {
  const GUID = '00000000-0000-0000-0000-00000000000a';

  /** What a program says that makes so many assignments in stacks of so many environments or subscriptions. */
  function said(...stacks: Array<{ count: number; environment?: Environment; subscriptionId?: string }>) {
    const app = new App({ outdir: scratch('grants') });
    stacks.forEach(({ count, environment = Environment.DEV, subscriptionId }, index) => {
      const stack = new TerraformStack(app, `stack${index}`);
      new AzureProviders(stack, 'Providers', { subscriptionId });
      const workload = workloadOn(stack, 'Billing', { environment });
      for (let n = 0; n < count; n++) {
        countAssignment(workload);
      }
    });
    app.synth();
    return Object.values<any>(app.manifest.stacks).flatMap(({ annotations }) =>
      annotations.map(({ level, message }: { level: string; message: string }) => `${level}: ${message}`),
    );
  }

  test('is refused beyond 4,000', () => {
    expect(() => said({ count: 4001 })).toThrow(
      '4001 role assignments in the subscription of dev, which takes 4000: grant to groups instead of single identities, or spread the stacks over more subscriptions',
    );
  });

  test('counts what is granted, once', () => {
    const workload = workloadIn(Environment.DEV);
    for (let n = 0; n < 4000; n++) {
      countAssignment(workload);
    }
    const grant = () => Grant.once(workload, { grantee, role: 'Reader', resourceId: RESOURCE });
    const grantee = groupIn(workload);
    expect(() => new Rendered(workload)).not.toThrow();

    grant();
    grant();

    expect(() => new Rendered(workload)).toThrow('4001 role assignments in the subscription of dev');
  });

  test('is warned of from 80 % on, in each stack that counts', () => {
    expect(said({ count: 3199 })).toEqual([]);
    expect(
      said({ count: 1600, subscriptionId: GUID }, { count: 1600, environment: Environment.PROD, subscriptionId: GUID }),
    ).toEqual(
      Array(2).fill(
        `@cdktf/warn: 3200 role assignments in the subscription ${GUID}, which takes 4000: others need some too`,
      ),
    );
  });

  test('counts environments apart where the subscription is not known yet', () => {
    expect(said({ count: 2500 }, { count: 2500, environment: Environment.PROD })).toEqual([]);
    expect(() => said({ count: 2500 }, { count: 2500 })).toThrow('5000 role assignments in the subscription of dev');
  });
});
