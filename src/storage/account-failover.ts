import { RecoveryOccasion, RecoveryStep } from '../contracts/recovery';

/** What Azure calls storage accounts. */
export const ACCOUNT_TYPE = 'Microsoft.Storage/storageAccounts';

/**
 * How an account with geo redundancy moves to its paired region.
 *
 * @param account Name of the account.
 * @param group Its resource group.
 */
export function accountFailover(account: string, group: string): RecoveryStep {
  return {
    key: 'FailOver',
    occasion: RecoveryOccasion.FAILOVER,
    summary:
      'Makes the paired region the home of the account; what was written after the last sync is lost. Apply nothing until geo redundancy is set up again: the account has none afterwards, and the plan would replace it.',
    commands: [
      `az storage account show --name ${account} --resource-group ${group} --expand geoReplicationStats --query geoReplicationStats.lastSyncTime`,
      `az storage account failover --name ${account} --resource-group ${group} --yes`,
    ],
    minutes: 60,
    dataLossMinutes: 15,
  };
}
