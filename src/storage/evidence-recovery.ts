import { RecoveryOccasion, RecoveryStep } from '../contracts/recovery';
import { stepPastLock } from '../core/lock-step';
import { ACCOUNT_TYPE, accountFailover } from './account-failover';
import { revokeLinks } from './revoke-links';

/** A container, as far as steps go. */
export interface HeldContainer {
  readonly containerName: string;
  readonly retentionDays: number;
  readonly locked: boolean;
}

/**
 * What is done to evidence by hand, with the real names: `HOLD` is the name of the case, 3 to 23 letters or digits, and `DAYS` the
 * longer retention.
 *
 * @param accounts Names of the accounts, that of the replica last.
 * @param group Their resource group.
 * @param replication How often the first one keeps its data.
 * @param containers The containers.
 * @param guarded Whether locks keep the accounts from being deleted.
 */
export function evidenceRecovery(
  accounts: string[],
  group: string,
  replication: string,
  containers: HeldContainer[],
  guarded: boolean,
): RecoveryStep[] {
  return [
    ...containers.flatMap((container) => containerSteps(accounts, group, container)),
    revokeLinks(accounts, group),
    ...(accounts.length > 1 ? [readCopies(accounts[1])] : []),
    ...(replication.includes('G') ? [accountFailover(accounts[0], group)] : []),
    ...(guarded
      ? [stepPastLock({ group, type: ACCOUNT_TYPE, names: accounts }, 'take a role or a diagnostic setting away')]
      : []),
  ];
}

function containerSteps(
  accounts: string[],
  group: string,
  { containerName: name, locked, retentionDays }: HeldContainer,
): RecoveryStep[] {
  const at = accounts.map((account) => `--account-name ${account} --resource-group ${group} --container-name ${name}`);
  const policy = (verb: string, where: string) => `az storage container immutability-policy ${verb} ${where}`;
  const withTag = (verb: string, where: string, more = '') =>
    `${policy(verb, where)}${more} --if-match "$(${policy('show', where)} --query etag --output tsv)"`;
  return [
    {
      key: `HoldEvidence-${name}`,
      occasion: RecoveryOccasion.RENEWAL,
      summary: `Holds everything in ${name} for a case, however old it is, until the hold is cleared.`,
      commands: at.map((where) => `az storage container legal-hold set ${where} --tags "$HOLD"`),
      minutes: 5,
    },
    {
      key: `ClearHold-${name}`,
      occasion: RecoveryOccasion.RENEWAL,
      summary: `Ends the hold of a case on ${name}; the retention still holds.`,
      commands: at.map((where) => `az storage container legal-hold clear ${where} --tags "$HOLD"`),
      minutes: 5,
    },
    locked
      ? {
          key: `ExtendRetention-${name}`,
          occasion: RecoveryOccasion.RENEWAL,
          summary: `Makes the locked retention of ${name} longer; Azure allows that five times, and never the opposite.`,
          commands: at.map((where) => withTag('extend', where, ' --period "$DAYS"')),
          minutes: 5,
        }
      : {
          key: `LockContainer-${name}`,
          occasion: RecoveryOccasion.RENEWAL,
          summary: `Locks the retention of ${name} at ${retentionDays} days, for ever: nobody can shorten it, or delete the container or its account while a blob is held. Say 'locked' in the program right after.`,
          commands: at.map((where) => withTag('lock', where)),
          minutes: 5,
        },
  ];
}

function readCopies(account: string): RecoveryStep {
  return {
    key: 'ReadCopies',
    occasion: RecoveryOccasion.FAILOVER,
    summary:
      'Reads the copies while the region of the store is away; whoever does needs a role on the replica, and a way in.',
    commands: [
      `az storage blob list --account-name ${account} --auth-mode login --container-name "$CONTAINER" --output table`,
    ],
    minutes: 15,
  };
}
