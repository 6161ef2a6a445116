import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { Annotations, TerraformResource, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { addressOf } from '../core/protection';
import { resolvedIn } from '../core/validation';

/** What becomes of services that used to be reached by a key, where there is none. */
const HOW_TO: { readonly [type: string]: string } = {
  azurerm_storage_share:
    'clients mount a share with a key unless they sign in by Kerberos, and this account has no keys: give shares an account of their own, or attach a directory to this one',
  azurerm_storage_table:
    "the provider makes a table over the network and not through Resource Manager, and this account has no keys: whoever runs Terraform needs the role 'Storage Table Data Contributor' and a way through the firewall, or the apply ends with 403",
};

/** The two ways in which a share or a table says which account it is on. */
interface Keyed {
  readonly storageAccountIdInput?: string;
  readonly storageAccountNameInput?: string;
}

const owners = new WeakMap<TerraformStack, Construct[]>();

const warned = new WeakSet<TerraformResource>();

/**
 * Has synthesis warn of shares and tables that somebody declares on an account without keys: Terraform says nothing before the
 * apply, which may even succeed.
 *
 * @param owner The construct that such an account is below.
 */
export function warnOfKeyedServices(owner: Construct): void {
  const stack = TerraformStack.of(owner);
  const known = owners.get(stack);
  if (known) {
    known.push(owner);
    return;
  }
  const all = [owner];
  owners.set(stack, all);
  stack.node.addValidation({
    validate: () => {
      warnIn(stack, all);
      return [];
    },
  });
}

function warnIn(stack: TerraformStack, all: Construct[]): void {
  const keyed = resourcesIn(stack).filter(({ terraformResourceType: type }) => HOW_TO[type] !== undefined);
  const accounts = keyed.length === 0 ? [] : all.flatMap(keylessIn);
  keyed
    .filter((found) => !warned.has(found) && accounts.some((account) => isOn(found, account)))
    .forEach((found) => {
      warned.add(found);
      Annotations.of(found).addWarning(HOW_TO[found.terraformResourceType]);
    });
}

/** The accounts below a construct that take no keys. */
function keylessIn(owner: Construct): StorageAccount[] {
  return resourcesIn(owner)
    .filter((found): found is StorageAccount => found.terraformResourceType === StorageAccount.tfResourceType)
    .filter(({ sharedAccessKeyEnabledInput: keys }) => keys === false);
}

function isOn(found: TerraformResource, account: StorageAccount): boolean {
  const { storageAccountIdInput: id, storageAccountNameInput: name }: Keyed = found as object;
  const place = String(resolvedIn(found, id ?? name ?? ''));
  return place === account.nameInput || place.startsWith(`\${${addressOf(account)}.`);
}

function resourcesIn(scope: Construct): TerraformResource[] {
  return scope.node.findAll().filter(TerraformResource.isTerraformResource) as TerraformResource[];
}
