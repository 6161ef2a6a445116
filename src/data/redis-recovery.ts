import { RecoveryOccasion, RecoveryStep } from '../contracts/recovery';
import { stepPastLock } from '../core/lock-step';
import { Workload } from '../core/workload';
import type { ManagedRedis } from './managed-redis';

const CLI = 'az redisenterprise';

/**
 * How a cache and its data come back, with their real names. `SAS_URI` is the address of a container, and `SAS_URIS` are those of
 * the blobs in it, each with a signature that lets Azure write or read.
 *
 * @param redis The cache.
 * @param guarded Whether a lock keeps it from being deleted.
 * @param replicated Whether it has peers, or may have some.
 */
export function redisRecovery(redis: ManagedRedis, guarded: boolean, replicated: boolean): RecoveryStep[] {
  const group = Workload.of(redis).knownResourceGroupName;
  const name = redis.redisName;
  const at = `--resource-group ${group} --cluster-name ${name}`;
  return [
    {
      key: 'Import',
      occasion: RecoveryOccasion.RESTORE,
      summary: `Puts exported data back into ${name}, in place of what is there; also the drill, into a cache beside it.`,
      commands: [`${CLI} database import ${at} --sas-uris "$SAS_URIS"`],
      minutes: 30,
      // as far back as the last export
      dataLossMinutes: 240,
    },
    {
      key: 'Export',
      occasion: RecoveryOccasion.RESTORE,
      summary: `Writes all data of ${name} to blobs of a container: the only backup there is; before each change of 'createOnly', and every four hours by a pipeline where data is nowhere else.`,
      commands: [`${CLI} database export ${at} --sas-uri "$SAS_URI"`],
      minutes: 15,
    },
    {
      key: 'Scale',
      occasion: RecoveryOccasion.RENEWAL,
      summary: `Gives ${name} another size, e.g. Balanced_B10, and keeps its data, which Terraform would not; then set 'sku' to the same size: the plan must be empty.`,
      commands: [`${CLI} update ${at} --sku "$NEW_SKU"`, 'terraform plan -detailed-exitcode'],
      minutes: 30,
      dataLossMinutes: 0,
    },
    ...(replicated
      ? [
          {
            key: 'UnlinkPeer',
            occasion: RecoveryOccasion.FAILOVER,
            summary: `Has ${name} go on without a peer whose region is away, which it would keep memory for; the next apply links the peer again, with the data from here.`,
            commands: [`${CLI} database force-unlink ${at} --unlink-ids "$LOST_DATABASE_ID"`],
            minutes: 10,
          },
        ]
      : []),
    ...(guarded
      ? [
          stepPastLock(
            { group, type: 'Microsoft.Cache/redisEnterprise', names: [name] },
            "take a client's access or a diagnostic setting away",
            {
              key: 'RevokeAccess',
            },
          ),
        ]
      : []),
  ];
}
