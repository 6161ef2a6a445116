import { RecoveryOccasion, RecoveryStep } from '../contracts/recovery';
import { stepPastLock } from '../core/lock-step';
import { ACCOUNT_TYPE } from './account-failover';

/**
 * How a state comes back; `STATE_KEY` is the key that `AzureState` shows, `VERSION_ID` is taken from the list.
 *
 * @param storageAccountName Name of the account.
 * @param containerName Name of the container.
 * @param group Their resource group.
 * @param guarded Whether a lock keeps the account from being deleted.
 */
export function stateRecovery(
  storageAccountName: string,
  containerName: string,
  group: string,
  guarded: boolean,
): RecoveryStep[] {
  const locked = { group, type: ACCOUNT_TYPE, names: [storageAccountName] };
  const of = `--account-name ${storageAccountName} --container-name ${containerName} --auth-mode login`;
  return [
    {
      key: 'RestoreState',
      occasion: RecoveryOccasion.RESTORE,
      summary: 'Brings an earlier version of a state back; stop every pipeline that writes it first.',
      commands: [
        `az storage blob list ${of} --prefix "$STATE_KEY" --include v --query "[].{version:versionId,written:properties.lastModified}" --output table`,
        `az storage blob download ${of} --name "$STATE_KEY" --version-id "$VERSION_ID" --file earlier.tfstate`,
        'terraform state push -force earlier.tfstate',
      ],
      minutes: 15,
    },
    {
      key: 'UndeleteState',
      occasion: RecoveryOccasion.RESTORE,
      summary: 'Brings a deleted state back.',
      commands: [`az storage blob undelete ${of} --name "$STATE_KEY"`],
      minutes: 5,
    },
    {
      key: 'UnlockState',
      occasion: RecoveryOccasion.RESTORE,
      summary: 'Takes away the lock that an interrupted run left behind; make sure that nothing runs.',
      commands: [`az storage blob lease break ${of} --blob-name "$STATE_KEY"`],
      minutes: 5,
    },
    ...(guarded ? [stepPastLock(locked, 'take a role or a diagnostic setting away')] : []),
  ];
}
