import { ManagedRedis as AzureManagedRedis } from '@cdktf/provider-azurerm/lib/managed-redis';
import { TerraformResource, TerraformResourceLifecycle } from 'cdktf';
import { Construct } from 'constructs';
import { stableHash } from '../core/naming';
import { lifecycleOf } from '../core/protection';
import { resolvedIn } from '../core/validation';

/** A cache as Terraform gets it, escape hatches included, as far as we look at it. */
export interface RenderedRedis {
  readonly customer_managed_key?: { key_vault_key_id?: string; user_assigned_identity_id?: string };
  readonly default_database?: {
    clustering_policy?: string;
    eviction_policy?: string;
    geo_replication_group_name?: string;
    module?: Array<{ name?: string; args?: string }>;
    persistence_append_only_file_backup_frequency?: string;
    persistence_redis_database_backup_frequency?: string;
  };
  readonly identity?: { identity_ids?: string[] };
  readonly sku_name?: string;
}

/**
 * What Terraform gets, once everything is said.
 */
export function renderedRedis(redis: AzureManagedRedis): RenderedRedis {
  const rendered = resolvedIn(redis, redis.toTerraform()) as {
    resource: { [type: string]: { [id: string]: RenderedRedis } };
  };
  return rendered.resource[redis.terraformResourceType][redis.friendlyUniqueId];
}

/**
 * What a database is created with: the provider deletes it and makes another one where any of this changes.
 *
 * Terraform compares this with what an earlier version of this library wrote: names and forms stay as they are.
 */
function createdWith(redis: AzureManagedRedis): { [setting: string]: unknown } {
  const { default_database: database } = renderedRedis(redis);
  return {
    clustering_policy: database?.clustering_policy ?? 'OSSCluster',
    geo_replication_group_name: database?.geo_replication_group_name ?? '',
    modules: (database?.module ?? []).map(({ name, args }) => (args === undefined ? name : `${name} ${args}`)),
    // a cache without the block loses its database as well
    present: database !== undefined,
  };
}

/** Tells the databases that a cache had from each other. */
export function databaseKey(redis: AzureManagedRedis): string {
  return stableHash(JSON.stringify(createdWith(redis)));
}

/**
 * Has Terraform remember what a database was created with: it would call the change that deletes the database an update in place.
 *
 * The plan shows this resource as replaced then; where the cache is guarded, Terraform refuses the plan, naming this resource.
 */
export function defineDataLossGuard(scope: Construct, redis: AzureManagedRedis, guarded: boolean): TerraformResource {
  return new DataLossGuard(scope, redis, lifecycleOf(guarded));
}

/** `terraform_data`; cdktf's own class asks terraform for its version in each synthesis. */
class DataLossGuard extends TerraformResource {
  constructor(
    scope: Construct,
    private readonly redis: AzureManagedRedis,
    lifecycle?: TerraformResourceLifecycle,
  ) {
    // plans that are refused name it
    super(scope, 'RefusesUnlessDataLossAccepted', { terraformResourceType: 'terraform_data', lifecycle });
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return { triggers_replace: createdWith(this.redis) };
  }
}
