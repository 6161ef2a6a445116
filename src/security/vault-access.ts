import { PrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import { Sleep } from '@cdktf/provider-time/lib/sleep';
import { Annotations, ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { Grant } from '../access/grant';
import { IPrivateNetwork } from '../contracts/network';
import { IPrincipal } from '../contracts/principal';
import { ensureTimeProvider } from '../core/utility-providers';
import { isComputed, isText, rejectIf, shown } from '../core/validation';

/** What only the data plane of a vault knows, and the role it takes to write it. */
const OFFICERS = {
  Secret: 'Key Vault Secrets Officer',
  Key: 'Key Vault Crypto Officer',
  Certificate: 'Key Vault Certificates Officer',
};

/** A certificate keeps its key and its private part under its own name, as a key and a secret. */
const SHARE_A_NAME = {
  Secret: ['Secret', 'Certificate'],
  Key: ['Key', 'Certificate'],
  Certificate: ['Certificate', 'Secret', 'Key'],
};

/** A role is seen by the data plane some time after it was given; asked too early, it answers 403 and the apply stops. */
const ROLE_WAIT = '60s';

/** Kind of item in a vault. */
export type VaultItem = keyof typeof OFFICERS;

/** A vault, as far as its items need to know it. */
export interface VaultPlace {
  /** Scope of the items. */
  readonly scope: Construct;
  /** Azure resource id. */
  readonly vaultId: string;
  /** Address, with a slash at its end. */
  readonly vaultUri: string;
  /** Networks that lead there and nothing else does, where that is known. */
  readonly networks?: IPrivateNetwork[];
}

/** A vault that Terraform writes items into. */
export interface OpenVaultProps extends VaultPlace {
  /** Whether it has hardware to keep keys in. */
  readonly hardware: boolean;
  /** Whether keys are guarded against deletion. */
  readonly guarded: boolean;
  /** Whether somebody said how Terraform reaches the data plane. */
  readonly reachable: boolean;
  /** Who runs Terraform. */
  readonly deployer?: IPrincipal;
  /** Endpoint that the data plane is reached through. */
  readonly endpoint?: PrivateEndpoint;
  /** Keeps its keys from being lost for good, as Azure wants it of those that data is encrypted with. */
  readonly keepKeys: () => void;
}

/** What an item has to wait for before it is written. */
export interface WayIn {
  readonly dependsOn: ITerraformDependable[];
  readonly roleWait?: Sleep;
}

/**
 * The way into the data plane of a vault, made when the first item of a kind asks for it: by default there is none.
 */
export class OpenVault {
  private warned = false;
  private readonly waits = new Map<VaultItem, Sleep>();

  constructor(public readonly place: OpenVaultProps) {}

  /** Lets Terraform write a kind of item, and says what the item has to wait for. */
  public open(item: VaultItem): WayIn {
    const { scope, reachable, endpoint } = this.place;
    if (!reachable && !this.warned) {
      this.warned = true;
      Annotations.of(scope).addWarning(
        "Terraform writes secrets, keys and certificates over the network, and nothing says that it gets through: set 'runnerInNetwork' where it runs inside of 'network', or name its public addresses in 'allowedIpRules'; the apply ends with 403 otherwise",
      );
    }
    const roleWait = this.waitFor(item);
    return { dependsOn: [endpoint, roleWait].filter((x) => x !== undefined), roleWait };
  }

  private waitFor(item: VaultItem): Sleep | undefined {
    const { scope, vaultId, deployer } = this.place;
    if (deployer === undefined || this.waits.has(item)) {
      return this.waits.get(item);
    }
    const grant = Grant.once(scope, { grantee: deployer, role: OFFICERS[item], resourceId: vaultId });
    ensureTimeProvider(scope);
    const wait = new Sleep(scope, `RoleWait-${item}`, {
      createDuration: ROLE_WAIT,
      // another assignment is another wait
      triggers: { assignment: grant.resources.roleAssignment.id },
    });
    this.waits.set(item, wait);
    return wait;
  }
}

/** Refuses an item whose name a vault would not take, or has already. */
export function rejectItem(scope: Construct, item: VaultItem, name: string, ...problems: Array<string | false>): void {
  rejectIf(
    scope,
    itemNameProblem(name),
    ...SHARE_A_NAME[item].map(
      (other) =>
        has(scope, `${other}-${name}`) &&
        `'name' must be new in the vault: there is a ${other.toLowerCase()} ${shown(name)} already`,
    ),
    ...problems,
  );
}

/** What is wrong with the name of an item, as a clause for `rejectIf()`. */
export function itemNameProblem(name: string): string | false {
  if (isComputed(name)) {
    return "'name' must be a literal, because addresses are made from it at synthesis; got a value that Terraform has yet to compute";
  }
  return (
    !isText(name, /^[a-zA-Z0-9-]{1,127}$/) && `'name' must have 1 to 127 letters, digits or hyphens, got ${shown(name)}`
  );
}

/** Azure does not tell upper from lower case in names. */
function has({ node }: Construct, id: string): boolean {
  return node.children.some((child) => child.node.id.toLowerCase() === id.toLowerCase());
}
