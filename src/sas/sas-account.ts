/** An account, as signatures name it. */
export interface SasAccount {
  /** Address without a slash at the end. */
  readonly url: string;
  readonly name: string;
}

/** Azure's own names, in all of its clouds: tokens go nowhere else. */
const AZURE =
  /^([a-z0-9]{3,24})\.(z\d{1,2}\.)?blob\.(core\.(windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)|storage\.azure\.net)$/;

/** Where emulators listen; there the path begins with the name of the account. */
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])$/;

/** Reads the name of an account from its address; nothing where that is no address of blobs, over TLS. */
export function accountAt(address: string): SasAccount | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'https:' || url.search !== '' || url.hash !== '' || url.username !== '') {
    return undefined;
  }
  const path = url.pathname.replace(/\/$/, '');
  const name = LOOPBACK.test(url.hostname)
    ? /^\/([a-z0-9]{3,24})$/.exec(path)?.[1]
    : path === ''
      ? AZURE.exec(url.hostname)?.[1]
      : undefined;
  return name === undefined ? undefined : { url: `${url.origin}${path}`, name };
}
