import { IEncryptionKey } from '../contracts/encryption';
import { MonitoredProps } from '../contracts/monitoring';
import { IPrivateNetwork } from '../contracts/network';
import { ProtectedProps, SharedOwnershipProps } from '../contracts/ownership';
import { TenantOptions } from './tenant-options';
import { TenantRetention } from './tenant-retention';

/**
 * What keeps tenants apart.
 */
export enum TenantIsolation {
  /** A container each, in one account: rights and rules are per tenant; size, throughput and keys are shared. */
  CONTAINER = 'container',
  /** An account each: the construct then holds one tenant. A region of a subscription takes 250 accounts. */
  ACCOUNT = 'account',
}

/**
 * How often Azure keeps data, and where. Moving between those with zones and those without replaces the account.
 */
export enum StorageReplication {
  /** Three copies in one building. */
  LRS = 'LRS',
  /** One copy in each of three zones. */
  ZRS = 'ZRS',
  /** Three copies here, three in the paired region. */
  GRS = 'GRS',
  /** The same, and the copy there can be read. */
  RAGRS = 'RAGRS',
  /** One copy in each of three zones here, three in the paired region. */
  GZRS = 'GZRS',
  /** The same, and the copy there can be read. */
  RAGZRS = 'RAGZRS',
}

/**
 * What Microsoft Defender does for an account; costs per account and transaction, and per gigabyte scanned.
 */
export interface StorageDefenderOptions {
  /**
   * Gigabytes a month in which uploaded blobs are searched for malware, 1 to 100000; 0 switches the search off. What comes
   * beyond the cap is not searched.
   *
   * @default 5000
   */
  readonly malwareScanGigabytesPerMonth?: number;

  /**
   * Whether blobs with sensitive data are found, so that alerts can say what is at stake.
   *
   * @default true
   */
  readonly sensitiveDataDiscovery?: boolean;
}

/**
 * Properties for `TenantStorageAccount`.
 */
export interface TenantStorageAccountProps extends MonitoredProps, ProtectedProps, SharedOwnershipProps {
  /**
   * Tenants by key: 1 to 63 lower-case letters, digits or single hyphens, which never changes. `addTenant()` adds more.
   *
   * An entry that vanishes takes the data along; where the account is guarded, Terraform refuses that. To let a tenant go,
   * move its key to `releasedTenants`.
   *
   * @default - none
   */
  readonly tenants?: { [key: string]: TenantOptions };

  /**
   * Keys of tenants that left: Terraform forgets their containers and leaves the data alone. The rules on it go, the purge is
   * a step of `toRecoverySteps()`. Keys stay here, so that none is used again. Only with isolation by container.
   *
   * @default - none
   */
  readonly releasedTenants?: string[];

  /**
   * What keeps tenants apart.
   *
   * @default TenantIsolation.CONTAINER
   */
  readonly isolation?: TenantIsolation;

  /**
   * Name of each tenant's container, with `{tenant}`, `{environment}` and `{workload}` for what they stand for: 3 to 63
   * lower-case letters, digits or single hyphens. Changing it replaces the containers.
   *
   * @default '{tenant}'
   */
  readonly containerNaming?: string;

  /**
   * How long data is kept, for tenants that do not say it.
   *
   * @default - blobs for ever, earlier versions 90 days
   */
  readonly retention?: TenantRetention;

  /**
   * Network that the account gets an endpoint in.
   *
   * @default - none: only trusted services of Azure get through, and who is in `allowedIpRules`
   */
  readonly network?: IPrivateNetwork;

  /**
   * Public IPv4 addresses, and networks from /16 to /30, that reach the account over the internet, still with an identity and a
   * role or a SAS. Literals, at most 400. Naming any opens the public endpoint to them, and to nobody else.
   *
   * @default - none; the public endpoint is closed
   */
  readonly allowedIpRules?: string[];

  /**
   * Name in Azure, unique in all of it: 3 to 24 lower-case letters or digits. A literal.
   *
   * @default - derived from the workload, its environment and the construct path
   */
  readonly storageAccountName?: string;

  /**
   * How often data is kept, and where; going from zones to none or back replaces the account.
   *
   * @default - in all zones where the region has some, in every environment; also in the paired region where the environment
   * wants that (prod) and data may live there
   */
  readonly replication?: StorageReplication;

  /**
   * Days during which a deleted blob, version or container can be brought back, 7 to 365.
   *
   * @default - from the environment: 7 in dev and test, 14 in staging, 35 in preprod and prod
   */
  readonly recoveryDays?: number;

  /**
   * Days that all containers, or some, can be set back to an earlier minute, fewer than `recoveryDays`; 0 switches it off.
   *
   * @default - one less than `recoveryDays`
   */
  readonly restoreDays?: number;

  /**
   * Hours that a SAS may be valid at most, 1 to 168; Azure blocks longer ones.
   *
   * @default 1
   */
  readonly sasHours?: number;

  /**
   * Key that the account encrypts with, by way of an identity of its own; its vault must have purge protection.
   *
   * Data is encrypted twice in any case; the second key is always Azure's.
   *
   * @default - a key of Azure's
   */
  readonly encryptionKey?: IEncryptionKey;

  /**
   * Has Microsoft Defender watch this account, whatever the subscription says.
   *
   * @default - what the subscription says
   */
  readonly defender?: StorageDefenderOptions;

  /**
   * Whether Azure writes a list of all blobs every day. Not possible yet: azurerm 4.55 creates the policy, fails, and replaces it in
   * every plan.
   *
   * @default false
   * @see https://github.com/hashicorp/terraform-provider-azurerm/issues/31311
   */
  readonly inventory?: boolean;

  /**
   * Gigabytes from which on watchers are told that the account is larger than planned, 1 to 5000000: Azure has no quota for
   * containers or accounts of blobs.
   *
   * @default - any size is fine
   */
  readonly capacityAlertGigabytes?: number;

  /**
   * Storage accounts that Azure allows your subscription in the region, 250 to 500; synthesis counts them.
   *
   * @default 250
   */
  readonly storageAccountQuota?: number;
}
