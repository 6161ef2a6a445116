import { aNetwork, aPrincipal } from '../core/collaborators';
import { Kinds, oneOf, someTexts } from '../core/kinds';
import { SecretVaultProps, VaultSku } from './secret-vault-props';

/** What a vault takes. */
export const VAULT_KINDS: Kinds<SecretVaultProps> = {
  'allowedIpRules?': someTexts,
  'deployer?': aPrincipal,
  'network?': aNetwork,
  'sku?': oneOf(VaultSku),
  'ignoreChanges?': someTexts,
};
