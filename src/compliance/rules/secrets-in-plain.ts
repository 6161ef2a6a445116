import { Check, custom } from '../checks';
import { Verdict } from '../rule';
import { isComputed, valuesAt } from '../values';

const { COMPLIANT, VIOLATED, CANNOT_BE_CHECKED } = Verdict;

/** Names of settings that hold a secret, unless they end in what only points at one. */
const SECRET_NAME =
  /(^|[_.:-])(password|passwd|pwd|secrets?|token|api_?key|access_?key|account_?key|shared_?key|private_?key|client_?secret|credentials?)$/i;

/** Texts that carry a secret whatever their name. */
const SECRET_TEXT =
  /(AccountKey|SharedAccessKey|SharedAccessSignature|Password|Pwd)\s*=\s*[^;${]|-----BEGIN [A-Z ]*PRIVATE KEY-----|[?&]sig=[^&]/i;

/** Attributes of Terraform resources that are secrets. */
const SECRET_REFERENCE =
  /\$\{[^}]*\.(primary|secondary)_(access_key|connection_string|blob_connection_string|key|read_key|write_key)\b|\$\{[^}]*\b(random_password\.\w+\.result|administrator_password|admin_password|client_secret|sas_url_query_string|sas|api_key)\b/;

const REFERENCE_TO_VAULT = /^@Microsoft\.(KeyVault|AppConfiguration)\(/;

/**
 * No setting of a map holds a secret; only references to the vault do.
 *
 * @param path Map of names to texts.
 */
export function withoutSecrets(path: string): Check {
  return custom(`${path} with @Microsoft.KeyVault(…) for whatever is secret`, [path], ({ attributes }) => {
    const [settings] = valuesAt(attributes, path);
    if (isComputed(settings)) {
      return CANNOT_BE_CHECKED;
    }
    const verdicts = Object.entries(settings ?? {}).map(([name, value]) => verdictOn(name, value));
    return [VIOLATED, CANNOT_BE_CHECKED].find((one) => verdicts.includes(one)) ?? COMPLIANT;
  });
}

function verdictOn(name: string, value: unknown): Verdict {
  if (typeof value !== 'string' || value === '' || REFERENCE_TO_VAULT.test(value)) {
    return COMPLIANT;
  }
  if (SECRET_REFERENCE.test(value) || SECRET_TEXT.test(value)) {
    return VIOLATED;
  }
  if (!SECRET_NAME.test(name)) {
    return COMPLIANT;
  }
  return isComputed(value) ? CANNOT_BE_CHECKED : VIOLATED;
}
