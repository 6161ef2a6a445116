import { RecoveryOccasion, RecoveryStep } from '../contracts/recovery';

/**
 * How a state comes back; `STATE_KEY` is the key that `AzureState` shows, `VERSION_ID` is taken from the list.
 */
export function stateRecovery(storageAccountName: string, containerName: string): RecoveryStep[] {
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
  ];
}
