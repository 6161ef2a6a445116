import { MonitoredProps } from '../contracts/monitoring';
import { IPrivateNetwork } from '../contracts/network';
import { ProtectedProps, SharedOwnershipProps } from '../contracts/ownership';
import { IPrincipal } from '../contracts/principal';

/**
 * Plan of a vault.
 */
export enum VaultSku {
  /** Keys are kept in software. */
  STANDARD = 'standard',
  /** Keys can be kept in hardware; everything else costs the same. */
  PREMIUM = 'premium',
}

/**
 * Properties for `SecretVault`.
 */
export interface SecretVaultProps extends MonitoredProps, ProtectedProps, SharedOwnershipProps {
  /**
   * Network that the vault gets an endpoint in.
   *
   * @default - none: only trusted services of Azure get through, which is enough for customer-managed keys, but not for apps
   */
  readonly network?: IPrivateNetwork;

  /**
   * Whether what runs Terraform sits in `network`, or in one connected to it, and so reaches the vault.
   *
   * Matters as soon as Terraform writes secrets, keys or certificates: without this or `allowedIpRules`, adding one warns.
   *
   * @default false
   */
  readonly runnerInNetwork?: boolean;

  /**
   * Public IPv4 addresses, and networks from /16 to /30, that reach the vault over the internet, still with an identity and a
   * role: those of the machines that run Terraform. Literals. Naming any opens the public endpoint to them, and to nobody else.
   *
   * @default - none; the public endpoint is closed
   */
  readonly allowedIpRules?: string[];

  /**
   * Who runs Terraform; is given the officer's role for each kind of item that Terraform writes, and the items wait for it.
   *
   * @default - whoever runs Terraform has those roles already, e.g. on the resource group, given by an earlier stack
   */
  readonly deployer?: IPrincipal;

  /**
   * Name in Azure, unique in all of it: 3 to 24 letters, digits or single hyphens, a letter first. A literal.
   *
   * @default - derived from the workload, its environment and the construct path
   */
  readonly vaultName?: string;

  /**
   * Plan of the vault.
   *
   * @default - from the environment: premium where its tier is critical (preprod, prod), else standard
   */
  readonly sku?: VaultSku;

  /**
   * Keeps anybody, also owners and Microsoft, from removing the vault or an item for good within 90 days of its deletion.
   *
   * Cannot be taken back: once a vault has it, Azure refuses to switch it off, and its name stays taken for 90 days. Say `true`
   * before you take away the last key that services encrypt their data with, where only that key had switched it on.
   *
   * @default - from the environment: on in staging, preprod and prod; on everywhere once a service encrypts its data with a key of the
   * vault, since Azure takes no key that could be lost for good
   */
  readonly purgeProtection?: boolean;

  /**
   * Log Analytics workspace that every access is logged to: who, what, when.
   *
   * The watchers of the workload then leave the logs of this vault alone: Azure refuses a second route to one workspace.
   *
   * @default - left to the watchers of the workload
   */
  readonly auditWorkspaceId?: string;

  /**
   * Whether Event Grid can tell about what expires within 30 days, has expired, or has a new version: a topic that subscribers
   * find ready. Costs nothing until there are hundreds of thousands of events a month.
   *
   * @default true
   */
  readonly nearExpiryEvents?: boolean;

  /**
   * Directory whose identities the vault knows, a GUID.
   *
   * @default - the one that Terraform signs in to
   */
  readonly tenantId?: string;
}
