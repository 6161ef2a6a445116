import { createHmac } from 'crypto';
import type { UserDelegationKey } from '@azure/storage-blob';

/** The version whose form of signature is used here; later ones add nothing that we sign. */
const VERSION = '2020-12-06';

/** The order that Azure wants permissions in. */
const ORDER = 'racwdxyltmeopi';

/** What is signed. */
export interface Signed {
  readonly account: string;
  readonly container: string;
  /** Blob or directory. */
  readonly path: string;
  /** How deep the directory is; nothing for a blob. */
  readonly depth?: number;
  readonly permissions: string[];
  readonly startsAt: Date;
  readonly expiresAt: Date;
  /** `<first>` or `<first>-<last>`. */
  readonly addresses: string;
  readonly correlationId?: string;
}

/**
 * Signs with a key of a delegation.
 *
 * Azure's package signs blobs only, and directories are in another one: this is one form for both, and the tests compare it with
 * that of the package.
 *
 * @see https://learn.microsoft.com/rest/api/storageservices/create-user-delegation-sas
 */
export function sign(signed: Signed, key: UserDelegationKey): URLSearchParams {
  const permissions = [...new Set(signed.permissions)].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)).join('');
  const resource = signed.depth === undefined ? 'b' : 'd';
  const times = {
    st: timeOf(signed.startsAt),
    se: timeOf(signed.expiresAt),
    skt: timeOf(key.signedStartsOn),
    ske: timeOf(key.signedExpiresOn),
  };
  const text = [
    permissions,
    times.st,
    times.se,
    `/blob/${signed.account}/${signed.container}/${signed.path}`,
    key.signedObjectId,
    key.signedTenantId,
    times.skt,
    times.ske,
    key.signedService,
    key.signedVersion,
    // whoever may be named besides the signer, which only directories with access control lists have
    '',
    '',
    signed.correlationId ?? '',
    signed.addresses,
    'https',
    VERSION,
    resource,
    // snapshot, encryption scope, and five headers of the answer
    ...Array<string>(7).fill(''),
  ].join('\n');
  const signature = createHmac('sha256', Buffer.from(key.value, 'base64')).update(text, 'utf8').digest('base64');
  return new URLSearchParams({
    sv: VERSION,
    spr: 'https',
    st: times.st,
    se: times.se,
    sip: signed.addresses,
    skoid: key.signedObjectId,
    sktid: key.signedTenantId,
    skt: times.skt,
    ske: times.ske,
    sks: key.signedService,
    skv: key.signedVersion,
    sr: resource,
    ...(signed.depth !== undefined && { sdd: String(signed.depth) }),
    ...(signed.correlationId !== undefined && { scid: signed.correlationId }),
    sp: permissions,
    sig: signature,
  });
}

/** In seconds: Azure takes no more. */
function timeOf(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`;
}
