import type { BlobServiceClient, UserDelegationKey } from '@azure/storage-blob';
import { SasCredential } from './sas-options';
import { MOST_MINUTES } from './sas-problems';

const INSTALL = 'npm install @azure/storage-blob';

/** Minutes that a key signs, and outlasts the longest signature: if it is revoked, links work again after so long. */
const REUSED_MINUTES = 60;

const MINUTE = 60_000;

/** Moments are in milliseconds since 1970. */
interface KeyInUse {
  readonly from: number;
  readonly until: number;
  readonly key: Promise<UserDelegationKey>;
}

/**
 * The key that an identity signs with; Azure gives it out, and takes it back when it is revoked on the account.
 *
 * One key signs for an hour whatever ends before it does; a key that could not be got is asked for again.
 */
export class DelegationKeys {
  private client?: BlobServiceClient;
  private current?: KeyInUse;

  constructor(
    private readonly accountUrl: string,
    private readonly credential: SasCredential,
    private readonly maxMinutes: number,
  ) {}

  /** A key that is good for all of that time. */
  public async keyFor(startsAt: Date, expiresAt: Date): Promise<UserDelegationKey> {
    const [starts, expires] = [startsAt.getTime(), expiresAt.getTime()];
    if (this.current === undefined || !isGoodFor(this.current, starts, expires)) {
      const until = starts + Math.min(MOST_MINUTES, this.maxMinutes + REUSED_MINUTES) * MINUTE;
      const fresh = { from: starts, until, key: this.fetch(startsAt, new Date(until)) };
      this.current = fresh;
      fresh.key.catch(() => {
        if (this.current === fresh) {
          this.current = undefined;
        }
      });
    }
    return this.current.key;
  }

  private async fetch(startsAt: Date, expiresAt: Date): Promise<UserDelegationKey> {
    this.client ??= new (storageBlob().BlobServiceClient)(this.accountUrl, this.credential);
    return this.client.getUserDelegationKey(startsAt, expiresAt);
  }
}

/** Signs only what ends before the key does, and not for long: nobody tells whether it was revoked. */
function isGoodFor({ from, until }: KeyInUse, starts: number, expires: number): boolean {
  return starts >= from && starts < from + REUSED_MINUTES * MINUTE && expires <= until;
}

/** Loads Azure's package when the first key is needed: whoever only builds infrastructure need not have it. */
function storageBlob(): typeof import('@azure/storage-blob') {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return require('@azure/storage-blob') as typeof import('@azure/storage-blob');
  } catch (error) {
    throw new Error(`SasIssuer needs @azure/storage-blob, which cannot be loaded; install it with: ${INSTALL}`, {
      cause: error,
    });
  }
}
