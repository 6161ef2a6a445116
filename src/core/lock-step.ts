import { RecoveryOccasion, RecoveryStep } from '../contracts/recovery';
import { LOCK_NAME } from './protection';

/** What delete locks of this library lie on, as commands name it. */
export interface LockedResources {
  /** Resource group that they lie in. */
  readonly group: string;
  /** Their type in Azure, e.g. `Microsoft.KeyVault/vaults`. */
  readonly type: string;
  /** Their names in Azure, literals. */
  readonly names: string[];
}

/** Which step it is; as a rule it takes roles away. */
export type LockStepOptions = Partial<Pick<RecoveryStep, 'key' | 'occasion'>>;

/**
 * The step that lets an apply take something away at or below what is locked, roles among it: Azure refuses that as long as a lock is
 * there, and Terraform, to which the lock is to stay, leaves it where it is.
 *
 * @param locked What the locks lie on.
 * @param purpose What the apply does, as a clause, e.g. `take a role away`.
 * @param options Which step it is.
 */
export function stepPastLock(
  { group, type, names }: LockedResources,
  purpose: string,
  { key = 'RevokeRoles', occasion = RecoveryOccasion.OFFBOARDING }: LockStepOptions = {},
): RecoveryStep {
  return {
    key,
    occasion,
    summary: `Lets an apply ${purpose}: the delete lock would refuse that. The same apply puts the lock back.`,
    commands: [
      ...names.map(
        (name) =>
          `az lock delete --name ${LOCK_NAME} --resource-group ${group} --resource ${name} --resource-type ${type}`,
      ),
      'terraform apply',
    ],
    minutes: 10,
  };
}
