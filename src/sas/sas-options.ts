/**
 * What a signature allows. What deletes for good, changes owners or lifts a legal hold is not among it.
 */
export enum SasPermission {
  /** Reads content, properties and metadata. */
  READ = 'r',
  /** Adds blocks to an append blob. */
  ADD = 'a',
  /** Writes a blob that is not there yet. */
  CREATE = 'c',
  /** Writes, also over what is there. */
  WRITE = 'w',
  /** Deletes, as far as it can be undone: soft delete decides about that. */
  DELETE = 'd',
  /** Lists what is below a prefix. */
  LIST = 'l',
  /** Reads and writes the index tags of a blob. */
  TAG = 't',
}

/**
 * A token, as the credentials of `@azure/identity` get it.
 */
export interface SasToken {
  /** The token itself. */
  readonly token: string;
  /** Moment it ends, in milliseconds since 1970. */
  readonly expiresOnTimestamp: number;
}

/**
 * Who signs: the shape that all credentials of `@azure/identity` have.
 *
 * It needs the role Storage Blob Delegator on the account, which `grantIssueSas()` gives, and hands on no more than it may do itself.
 */
export interface SasCredential {
  /** Gets a token for a scope. */
  getToken(scopes: string | string[], options?: object): Promise<SasToken | null>;
}

/**
 * Options for `SasIssuer`.
 */
export interface SasIssuerOptions {
  /** Address of the blobs of the account, e.g. `https://stacme.blob.core.windows.net`; the setting `BLOB_ENDPOINT` of a connection. */
  readonly accountUrl: string;
  /** Who signs, e.g. a `ManagedIdentityCredential`. */
  readonly credential: SasCredential;
  /**
   * The longest that a signature may last, in minutes, 1 to 10080: what the SAS policy of the account says, which blocks longer ones.
   * The setting `SAS_MAX_HOURS` of a connection has it in hours.
   */
  readonly maxMinutes: number;

  /**
   * Whether the account has a hierarchical namespace; without one, signatures are for single blobs only.
   *
   * @default false
   */
  readonly hierarchicalNamespace?: boolean;

  /**
   * The clock.
   *
   * @default - that of this computer
   */
  readonly now?: () => Date;
}

/**
 * IPv4 addresses that a signature works from.
 */
export interface SasAddresses {
  /** First address, as the storage account sees it. */
  readonly from: string;

  /**
   * Last address, 255 after the first at most.
   *
   * @default - the first is the only one
   */
  readonly to?: string;
}

/**
 * What every signature needs.
 */
export interface SasOptions {
  /** Name of the container. */
  readonly container: string;
  /** What is allowed, at least one thing. */
  readonly permissions: SasPermission[];
  /** Where it works from. */
  readonly addresses: SasAddresses;
  /**
   * Minutes until it ends, 1 to `maxMinutes`. It begins five minutes ago, for clocks that differ, and the policy counts those: at the
   * maximum it ends up to five minutes sooner.
   */
  readonly minutes: number;

  /**
   * A UUID that the logs of the account name with each request.
   *
   * @default - none
   */
  readonly correlationId?: string;
}

/**
 * Options for `SasIssuer.forBlob()`.
 */
export interface BlobSasOptions extends SasOptions {
  /** Name of the one blob, without a slash in front. */
  readonly blob: string;
}

/**
 * Options for `SasIssuer.forPrefix()`.
 */
export interface PrefixSasOptions extends SasOptions {
  /** The directory, without a slash in front or behind, e.g. `reports/2026`. */
  readonly prefix: string;
}

/**
 * A signature. Whoever has its address has what it allows: hand it on over TLS, and log neither `url` nor `query`.
 */
export interface IssuedSas {
  /** Address of the blob or directory, signature included. */
  readonly url: string;
  /** The signature alone, without a question mark. */
  readonly query: string;
  /** Moment from which it is good. */
  readonly startsAt: Date;
  /** Moment at which it ends. */
  readonly expiresAt: Date;
}
