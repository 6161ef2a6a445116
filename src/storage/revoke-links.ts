import { RecoveryOccasion, RecoveryStep } from '../contracts/recovery';

/**
 * How links that somebody leaked stop working.
 *
 * @param accounts Names of the accounts.
 * @param group Their resource group.
 * @see https://learn.microsoft.com/rest/api/storageservices/create-user-delegation-sas#revoke-a-user-delegation-sas
 */
export function revokeLinks(accounts: string[], group: string): RecoveryStep {
  return {
    key: 'RevokeLinks',
    occasion: RecoveryOccasion.RENEWAL,
    summary:
      'Ends all links that identities have signed, also those that nobody leaked; apps that keep a SasIssuer sign links that work within the hour, or at once after a restart.',
    commands: accounts.map(
      (account) => `az storage account revoke-delegation-keys --name ${account} --resource-group ${group}`,
    ),
    minutes: 5,
  };
}
