import { Fn, Token } from 'cdktf';
import { guidProblem, hasForm, isComputed, shown, workspaceProblem } from '../core/validation';
import { publicAddressProblems } from '../network/public-addresses';
import { SecretVaultProps } from './secret-vault-props';

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
