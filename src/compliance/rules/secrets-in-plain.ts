import { isCalledSecret, isForVault, secretIn } from '../../secrets/literal-secrets';
import { Check, custom } from '../checks';
import { Verdict } from '../rule';
import { isComputed, valuesAt } from '../values';

const { COMPLIANT, VIOLATED, CANNOT_BE_CHECKED } = Verdict;

/** Attributes of Terraform resources that are secrets. */
const SECRET_REFERENCE =
  /\$\{[^}]*\.(primary|secondary)_(access_key|connection_string|blob_connection_string|key|read_key|write_key)\b|\$\{[^}]*\b(random_password\.\w+\.result|administrator_password|admin_password|client_secret|sas_url_query_string|sas|api_key)\b/;

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
  if (typeof value !== 'string' || isForVault(value)) {
    return COMPLIANT;
  }
  if (SECRET_REFERENCE.test(value) || secretIn(value) !== undefined) {
    return VIOLATED;
  }
  if (!isCalledSecret(name, value)) {
    return COMPLIANT;
  }
  return isComputed(value) ? CANNOT_BE_CHECKED : VIOLATED;
}
