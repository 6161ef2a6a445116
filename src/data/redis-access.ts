import { RedisCacheAccessPolicyAssignment } from '@cdktf/provider-azurerm/lib/redis-cache-access-policy-assignment';
import { ResourceGroupTemplateDeployment } from '@cdktf/provider-azurerm/lib/resource-group-template-deployment';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import { IPrincipal } from '../contracts/principal';
import { nameOf } from '../core/naming';
import { RedisGrantResources } from './redis-grant';

/** The database of every Managed Redis, and the only access policy that Azure has there: all keys, all commands. */
const [DATABASE, POLICY] = ['default', 'default'];

/** What a client of a classic cache gets: reads and writes, no administration. */
const CLASSIC_POLICY = 'Data Contributor';

const TYPE = 'Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments';
const SCHEMA = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';

/**
 * Lets a client into a Managed Redis.
 *
 * azurerm 4.55 has no resource for that (azurerm 5 has), so Azure deploys a template with a single resource, and deletes that
 * resource together with the deployment. It is named after the client, as azurerm 5 would name it.
 *
 * @param scope Construct of the grant.
 * @param redis Names of the cache and its group, and what tells the databases it had from each other: Azure forgets clients with
 * the database that they were let into, so a new database takes a new deployment.
 * @param client Who is let in.
 */
export function letInto(
  scope: Construct,
  redis: { readonly resourceGroupName: string; readonly redisName: string; readonly database?: () => string },
  { principalId }: IPrincipal,
): RedisGrantResources {
  const { database = () => '' } = redis;
  const deployment = new ResourceGroupTemplateDeployment(scope, 'Resource', {
    name: nameOf(ResourceGroupTemplateDeployment.tfResourceType, scope),
    resourceGroupName: redis.resourceGroupName,
    // the other mode deletes whatever else the group holds
    deploymentMode: 'Incremental',
    templateContent: Lazy.stringValue({ produce: () => JSON.stringify(templateFor(database())) }),
    parametersContent: JSON.stringify({ redis: { value: redis.redisName }, client: { value: principalId } }),
  });
  return { deployment };
}

/** Lets a client into a classic cache. */
export function letIntoClassic(scope: Construct, redisCacheId: string, client: IPrincipal): RedisGrantResources {
  return {
    accessPolicyAssignment: new RedisCacheAccessPolicyAssignment(scope, 'Resource', {
      name: client.principalId,
      redisCacheId,
      accessPolicyName: CLASSIC_POLICY,
      objectId: client.principalId,
      objectIdAlias: client.node.id,
    }),
  };
}

function templateFor(database: string) {
  return {
    $schema: SCHEMA,
    contentVersion: '1.0.0.0',
    metadata: { database },
    parameters: { redis: { type: 'string' }, client: { type: 'string' } },
    resources: [
      {
        type: TYPE,
        apiVersion: '2025-07-01',
        name: `[concat(parameters('redis'), '/${DATABASE}/', parameters('client'))]`,
        properties: { accessPolicyName: POLICY, user: { objectId: "[parameters('client')]" } },
      },
    ],
  };
}
