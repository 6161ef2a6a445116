import { KeyVault } from '@cdktf/provider-azurerm/lib/key-vault';
import { Fn, Token } from 'cdktf';
import { Construct } from 'constructs';
import { ServiceTier } from '../core/environment';
import { guidProblem, hasForm, isComputed, rejectIf, shown, workspaceProblem } from '../core/validation';
import { publicAddressProblems } from '../network/public-addresses';
import { SecretVaultProps, VaultSku } from './secret-vault-props';

/** Hardware keeps keys where somebody was promised something. */
export const SKU_OF_TIER = {
  [ServiceTier.ECONOMY]: VaultSku.STANDARD,
  [ServiceTier.STANDARD]: VaultSku.STANDARD,
  [ServiceTier.CRITICAL]: VaultSku.PREMIUM,
};

const GROUP = '/subscriptions/[^/]+/resourceGroups/[^/]+/providers';
const VAULT_ID = new RegExp(`^${GROUP}/Microsoft\\.KeyVault/vaults/[^/]+$`, 'i');

/** Where the name is in the id of a vault, counted from what is before the first slash. */
const NAME_SEGMENT = 8;

/** What is wrong with the props of a vault, its name aside. */
export function vaultProblems(props: SecretVaultProps): Array<string | false> {
  const { allowedIpRules = [], runnerInNetwork, network, auditWorkspaceId, tenantId } = props;
  return [
    ...publicAddressProblems('allowedIpRules', allowedIpRules),
    (runnerInNetwork ?? false) &&
      network === undefined &&
      "'runnerInNetwork' must come with the 'network' that the vault has its endpoint in",
    workspaceProblem('auditWorkspaceId', auditWorkspaceId),
    guidProblem('tenantId', tenantId),
  ];
}

/** What is wrong with the id of an existing vault. */
export function vaultIdProblem(vaultId: string): string | false {
  return (
    !hasForm(vaultId, VAULT_ID) &&
    `'vaultId' must be '/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.KeyVault/vaults/<name>', got ${shown(vaultId)}`
  );
}

/** Name of the vault with an id; of an id that Terraform has yet to compute, an expression. */
export function vaultNameIn(vaultId: string): string {
  return isComputed(vaultId)
    ? Token.asString(Fn.element(Fn.split('/', vaultId), NAME_SEGMENT))
    : (vaultId.split('/')[NAME_SEGMENT] ?? '');
}

/** Address of the vault with a name, in the public cloud, as Azure spells it. */
export function vaultUriOf(vaultName: string): string {
  return `https://${isComputed(vaultName) ? vaultName : vaultName.toLowerCase()}.vault.azure.net/`;
}

/** Deny by default, whatever else; what Azure trusts and what is named gets through. */
export function firewallFor(ipRules: string[] = []) {
  const open = ipRules.length > 0;
  return {
    publicNetworkAccessEnabled: open,
    networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices', ipRules: open ? [...ipRules].sort() : undefined },
  };
}

/**
 * Protects a vault from purging wherever a key of it encrypts the data of services: Azure refuses them a key that could be lost
 * for good, in the middle of the apply.
 *
 * @param asked What was said about it, if anything was.
 */
export function protectFromPurge(scope: Construct, vault: KeyVault, asked?: boolean): void {
  rejectIf(
    scope,
    asked === false &&
      "'purgeProtection' must not be false for a vault with a key that services encrypt their data with: Azure takes none that could be lost for good; leave it out, or keep that key in another vault",
  );
  vault.purgeProtectionEnabled = asked ?? true;
}
