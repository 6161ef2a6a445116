import { Annotations, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { subscriptionOf } from '../core/subscription';
import { Workload } from '../core/workload';

/** Share of a limit from which on synthesis warns. */
const WARN_AT = 0.8;

/** What Azure takes only so many of. */
export enum StorageLimit {
  ACCOUNTS = 'accounts',
  IP_RULES = 'ip rules',
  LIFECYCLE_RULES = 'lifecycle rules',
}

interface Limit {
  readonly most: number;
  /** When the number was read, for whoever wonders whether it still holds. */
  readonly asOf: string;
  readonly source: string;
  readonly what: string;
  readonly nextStep: string;
}

/** What Azure allows; the limit of role assignments is counted where they are made. */
const STORAGE_LIMITS: { readonly [limit in StorageLimit]: Limit } = {
  [StorageLimit.ACCOUNTS]: {
    most: 250,
    asOf: '2026-07',
    source: 'https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits',
    what: 'storage accounts in one region of a subscription',
    nextStep:
      "have Azure raise the limit, to 500 at most, and say so with 'storageAccountQuota'; or give the next tenants another stamp, in a subscription or region of its own",
  },
  [StorageLimit.IP_RULES]: {
    most: 400,
    asOf: '2026-07',
    source: 'https://learn.microsoft.com/azure/storage/common/storage-network-security-limitations',
    what: 'IP rules on an account',
    nextStep: "name networks instead of single addresses, or let clients in through 'network'",
  },
  [StorageLimit.LIFECYCLE_RULES]: {
    most: 100,
    asOf: '2026-07',
    source: 'https://learn.microsoft.com/azure/storage/blobs/lifecycle-management-policy-structure',
    what: 'lifecycle rules on an account',
    nextStep:
      'give more tenants the same retention settings, ten of which share a rule, or put the next tenants into another account',
  },
};

/**
 * What is wrong with a number of things, as a clause; near the limit a warning on the construct says it.
 *
 * @param construct Where they are.
 * @param limit Of which Azure takes only so many.
 * @param count How many there are.
 * @param most How many it takes, where that is not the usual number.
 */
export function capacityProblem(
  construct: IConstruct,
  limit: StorageLimit,
  count: number,
  most: number = STORAGE_LIMITS[limit].most,
): string | false {
  const { what, nextStep, asOf } = STORAGE_LIMITS[limit];
  const words = `${count} ${what}, of ${most} that Azure takes (as of ${asOf})`;
  if (count > most) {
    return `${words}: ${nextStep}`;
  }
  if (count >= most * WARN_AT) {
    Annotations.of(construct).addWarning(`${words}; before that is full, ${nextStep}`);
  }
  return false;
}

/** Accounts and quotas of one program, by stack, region and environment. */
interface Site {
  readonly stack: TerraformStack;
  readonly location: string;
  readonly environment: string;
  /** What the accounts of the site say about their quota. */
  readonly quotas: number[];
}

const programs = new WeakMap<IConstruct, Site[]>();

/**
 * Counts an account towards the limit of its region and subscription, which is checked at synthesis.
 *
 * @param owner The construct that defines it.
 * @param location Its region.
 * @param quota How many Azure takes there, if not the usual number.
 */
export function countAccount(owner: Construct, location: string, quota?: number): void {
  const { root } = owner.node;
  const stack = TerraformStack.of(owner);
  const { environment } = Workload.of(owner);
  const sites = programs.get(root) ?? [];
  programs.set(root, sites);

  const site = sites.find((other) => other.stack === stack && other.location === location);
  if (site) {
    site.quotas.push(quota ?? STORAGE_LIMITS[StorageLimit.ACCOUNTS].most);
    return;
  }
  const added = {
    stack,
    location,
    environment: environment.name,
    quotas: [quota ?? STORAGE_LIMITS[StorageLimit.ACCOUNTS].most],
  };
  sites.push(added);
  stack.node.addValidation({ validate: () => accountProblems(added, sites) });
}

function accountProblems(site: Site, sites: Site[]): string[] {
  const subscription = subscriptionOf(site.stack, site.environment);
  const together = sites.filter(
    ({ stack, environment, location }) =>
      location === site.location && subscriptionOf(stack, environment) === subscription,
  );
  const quotas = together.flatMap(({ quotas: own }) => own);
  const problem = capacityProblem(site.stack, StorageLimit.ACCOUNTS, quotas.length, Math.max(...quotas));
  return problem ? [`${site.location}: ${problem}`] : [];
}
