import { App, TerraformStack } from 'cdktf';
import { ManagedIdentity } from '../../src/access/managed-identity';
import { AzureProviders } from '../../src/core/azure-providers';
import { Environment } from '../../src/core/environment';
import {
  RedisClusteringPolicy,
  RedisEvictionPolicy,
  RedisModule,
  RedisPersistence,
} from '../../src/data/redis-options';
import { offlinePlan, Plan } from '../../src/testing';
import { workloadOn } from '../support/workload';
import { describeJudged } from '../testing/terraform/with-terraform';
import { cacheIn, Choices } from './redis-fixtures';

const OSS: Choices = { createOnly: { clusteringPolicy: RedisClusteringPolicy.OSS } };

/** A guarded cache with a client, in a program of its own. */
function program(choices: Choices): App {
  const app = new App();
  const stack = new TerraformStack(app, 'cache');
  new AzureProviders(stack, 'Providers');
  const workload = workloadOn(stack, 'Billing', { environment: Environment.PROD });
  cacheIn(workload, choices).grantConnect(new ManagedIdentity(workload, 'Api'));
  return app;
}

describeJudged('the real terraform', () => {
  let before: Plan;
  const planAfter = async (choices: Choices) => {
    const plan = await offlinePlan(program(choices), { after: before });
    const moving = plan.changes.filter(({ fate }) => fate !== 'keep').map(({ fate, type }) => `${fate} ${type}`);
    return { findings: plan.findings.map(({ summary, construct }) => [summary, construct]), moving };
  };

  beforeAll(async () => {
    before = await offlinePlan(program({}));
    before.succeeds();
  }, 30_000);

  test.each([
    ['clustering', OSS],
    ['modules', { createOnly: { modules: [RedisModule.JSON] } }],
  ])(
    'refuses a change of %s, which it takes for an update in place',
    async (_, choices) => {
      expect((await planAfter(choices)).findings).toEqual([
        ['Instance cannot be destroyed', 'cache/Billing/Cache/RefusesUnlessDataLossAccepted'],
      ]);
    },
    30_000,
  );

  test('takes it when the loss is accepted, and lets the clients into the new database', async () => {
    expect(await planAfter({ ...OSS, dataLossAccepted: true })).toEqual({
      findings: [],
      moving: [
        'change azurerm_managed_redis',
        'change azurerm_resource_group_template_deployment',
        'replace terraform_data',
      ],
    });
  }, 30_000);

  test('changes in place what keeps the data', async () => {
    const choices = {
      evictionPolicy: RedisEvictionPolicy.NO_EVICTION,
      persistence: RedisPersistence.AOF_EVERY_SECOND,
      dataLossAccepted: true,
    };

    expect(await planAfter(choices)).toEqual({ findings: [], moving: ['change azurerm_managed_redis'] });
  }, 30_000);
});
