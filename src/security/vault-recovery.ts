import { Construct } from 'constructs';
import { RecoveryOccasion, RecoveryStep } from '../contracts/recovery';
import { stepPastLock } from '../core/lock-step';
import { addressOf } from '../core/protection';
import { Workload } from '../core/workload';
import { VaultCertificate } from './vault-certificate';
import { VaultKey } from './vault-key';
import { VaultSecret } from './vault-secret';

/**
 * How a vault and what is in it come back, with their real names.
 *
 * @param vault The vault.
 * @param vaultName Its name in Azure.
 * @param location Its region.
 * @param guarded Whether a lock keeps it from being deleted.
 */
export function vaultRecovery(vault: Construct, vaultName: string, location: string, guarded: boolean): RecoveryStep[] {
  const group = Workload.of(vault).knownResourceGroupName;
  const locked = { group, type: 'Microsoft.KeyVault/vaults', names: [vaultName] };
  return [
    {
      key: 'RecoverVault',
      occasion: RecoveryOccasion.RESTORE,
      summary:
        'Brings the vault back after it was deleted, with everything in it; roles and events come back with the apply.',
      commands: [`az keyvault recover --name ${vaultName} --location ${location}`, 'terraform apply'],
      minutes: 15,
    },
    ...vault.node.children.flatMap((item) => itemRecovery(item as Construct, vaultName)),
    ...(guarded ? [stepPastLock(locked, 'take a role or a diagnostic setting away, on the vault or on an item')] : []),
  ];
}

function itemRecovery(item: Construct, vaultName: string): RecoveryStep[] {
  if (item instanceof VaultSecret) {
    const { rotation, password } = item.resources;
    return [
      recover('secret', item.secretName, vaultName),
      ...(rotation
        ? [
            {
              key: `RenewSecret-${item.secretName}`,
              occasion: RecoveryOccasion.RENEWAL,
              summary: password
                ? `Writes a new value of the secret ${item.secretName} now.`
                : `Writes the value that Terraform is handed for the secret ${item.secretName} now; set the variable to the new value first.`,
              commands: [`terraform apply -replace='${addressOf(rotation)}'`],
              minutes: 5,
            },
          ]
        : []),
    ];
  }
  if (item instanceof VaultKey) {
    const of = `--vault-name ${vaultName} --name ${item.keyName}`;
    return [
      recover('key', item.keyName, vaultName),
      {
        key: `RenewKey-${item.keyName}`,
        occasion: RecoveryOccasion.RENEWAL,
        summary: `Makes a new version of the key ${item.keyName} now; what the old one encrypted stays readable.`,
        commands: [`az keyvault key rotate ${of}`],
        minutes: 5,
      },
    ];
  }
  return item instanceof VaultCertificate ? [recover('certificate', item.certificateName, vaultName)] : [];
}

function recover(kind: 'secret' | 'key' | 'certificate', name: string, vaultName: string): RecoveryStep {
  return {
    key: `Recover${kind[0].toUpperCase()}${kind.slice(1)}-${name}`,
    occasion: RecoveryOccasion.RESTORE,
    summary: `Brings the ${kind} ${name} back after it was deleted.`,
    commands: [`az keyvault ${kind} recover --vault-name ${vaultName} --name ${name}`],
    minutes: 5,
  };
}
