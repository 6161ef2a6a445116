/** What follows the sign of equality where a value is written out: no reference, no placeholder, no pattern of a query. */
const VALUE = String.raw`\s*=\s*["']?(?!\$\{|%\{|@Microsoft\.|(?:true|false|null)\b)[^\s;,&|=<>{}()[\]\\*"']`;

/** What a secret looks like, wherever it stands. */
const FORMS: ReadonlyArray<readonly [string, RegExp]> = [
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['an account key', new RegExp(`(AccountKey|SharedAccessKey)${VALUE}`, 'i')],
  ['an account key', /(?<![\w+/=-])[A-Za-z0-9+/]{86}==/],
  ['a signature of a SAS', /[?&]sig=[\w%+/]/i],
  [
    'a password in a connection string',
    new RegExp(`(Password|Passwd|Pwd|client_secret|SharedAccessSignature)${VALUE}`, 'i'),
  ],
  ['a password in a URL', /:\/\/[^/\s:@?#]*:(?!\$\{|%\{)[^/\s@?#<{(*[]+@/],
  ['a JSON web token', /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\./],
  ['a GitHub token', /\b(gh[pousr]_\w{30,}|github_pat_\w{30,})/],
  ['a secret of an application of Entra', /(?<![\w.~-])[\w.~-]{3}\dQ~[\w.~-]{31,34}(?![\w.~-])/],
  ['a key of Stripe', /\b[sr]k_live_\w{16,}/],
  ['a Slack token', /\bxox[abeprs]-[\w-]{10,}/],
];

/** Names of settings that hold a secret; what only points at one, or describes it, ends in another word. */
const SECRET_NAME =
  /(password|passwd|passphrase|secrets?|token|credentials?|(api|access|account|shared|private)[_.:-]?key|(?<!^|^OLD)pwd)$/i;

/** What stands for a value that the vault keeps. */
const REFERENCE_TO_VAULT = /^@Microsoft\.(KeyVault|AppConfiguration)\(/;

/** What a secret never is: an answer or a number, an address, a file. */
const HARMLESS = [
  /^(|true|false|yes|no|on|off|none|null|required|optional|enabled|disabled|\d{1,4})$/i,
  /^[a-z][a-z0-9+.-]*:\/\//i,
  /^\.{0,2}\/([\w.-]+\/)+[\w.-]+$/,
];

/**
 * The secret that a text carries, in words; nothing where it carries none.
 *
 * @param text Any text of a program or a stack.
 */
export function secretIn(text: string): string | undefined {
  return FORMS.find(([, form]) => form.test(text))?.[0];
}

/**
 * Whether a setting is to hold a secret, by its name, and its value may be one.
 *
 * @param name Name of the setting, e.g. of an environment variable.
 * @param value Its value; one that Terraform has yet to compute may be a secret.
 */
export function isCalledSecret(name: string, value: string): boolean {
  // the kind of a credential, such as `managedidentity`, is written where libraries look for a credential
  const isKind = /credentials?$/i.test(name) && /^[A-Za-z]+$/.test(value);
  return SECRET_NAME.test(name) && !isKind && !isForVault(value) && !HARMLESS.some((form) => form.test(value));
}

/** Whether a value only says where the vault keeps it. */
export function isForVault(value: string): boolean {
  return REFERENCE_TO_VAULT.test(value);
}
