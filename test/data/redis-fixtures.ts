import { Construct } from 'constructs';
import { Grant } from '../../src/access/grant';
import { EncryptionKeyReference, IEncryptionKey } from '../../src/contracts/encryption';
import { IPrincipal } from '../../src/contracts/principal';
import { Environment } from '../../src/core/environment';
import { Workload, WorkloadProps } from '../../src/core/workload';
import { ManagedRedis } from '../../src/data/managed-redis';
import { ManagedRedisProps } from '../../src/data/managed-redis-props';
import { networkIn, workloadIn } from '../support';

export const REDIS = 'azurerm_managed_redis';
export const DEPLOYMENT = 'azurerm_resource_group_template_deployment';
export const CACHES =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-shared/providers/Microsoft.Cache';
export const REDIS_ID = `${CACHES}/redisEnterprise/amr-shared`;
export const CLASSIC_ID = `${CACHES}/redis/redis-shared`;

/** A key in somebody's vault. */
class Key extends Construct implements IEncryptionKey {
  constructor(
    scope: Construct,
    private readonly version: string,
  ) {
    super(scope, 'Key');
  }

  public bindEncrypter(grantee: IPrincipal): EncryptionKeyReference {
    const keyUri = 'https://kv-shared.vault.azure.net/keys/data';
    Grant.once(this, { grantee, role: 'Key Vault Crypto Service Encryption User', resourceId: `${CACHES}/keys/data` });
    return { keyUri, keyVersionUri: `${keyUri}${this.version}` };
  }
}

export function keyIn(workload: Workload, version: string = '/1'): IEncryptionKey {
  return new Key(workload, version);
}

export type Choices = Partial<ManagedRedisProps>;

/** A cache of a workload. */
export function cacheIn(workload: Workload, choices: Choices = {}, id: string = 'Cache'): ManagedRedis {
  return new ManagedRedis(workload, id, { network: networkIn(workload), ...choices });
}

/** A cache on an otherwise empty workload. */
export function redisIn(environment: Environment, choices: Choices = {}, props: Partial<WorkloadProps> = {}) {
  const workload = workloadIn(environment, props);
  return { workload, redis: cacheIn(workload, choices) };
}
