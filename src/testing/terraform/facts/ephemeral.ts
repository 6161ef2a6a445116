import { Attribute, Block } from '../schema/model';

/** Bindings leave out ephemeral resources, which cdktf cannot define: those that Azure platforms use, by provider. */
const EPHEMERAL: Record<string, Record<string, Record<string, string>>> = {
  'hashicorp/random': {
    random_password: {
      length: 'required number',
      lower: 'optional bool',
      upper: 'optional bool',
      numeric: 'optional bool',
      special: 'optional bool',
      min_lower: 'optional number',
      min_upper: 'optional number',
      min_numeric: 'optional number',
      min_special: 'optional number',
      override_special: 'optional string',
      bcrypt_hash: 'computed string',
      result: 'computed string',
    },
  },
  'hashicorp/azurerm': {
    azurerm_key_vault_secret: {
      name: 'required string',
      key_vault_id: 'required string',
      version: 'optional string',
      expiration_date: 'computed string',
      not_before_date: 'computed string',
      value: 'computed string',
    },
    azurerm_key_vault_certificate: {
      name: 'required string',
      key_vault_id: 'required string',
      version: 'optional string',
      certificate_count: 'computed number',
      expiration_date: 'computed string',
      hex: 'computed string',
      key: 'computed string',
      not_before_date: 'computed string',
      pem: 'computed string',
    },
  },
};

/** What stays empty when left out: whoever reads the identity of a resource without one has made a mistake. */
const NEVER_COMPUTED = ['identity', 'tags', 'timeouts'];

/** Schema of an ephemeral resource; `undefined` where it is not in the table. */
export function ephemeralSchema(source: string, type: string): Block | undefined {
  const rows = EPHEMERAL[source]?.[type];
  if (!rows) {
    return undefined;
  }
  const attributes = Object.entries(rows).map(([name, row]): [string, Attribute] => {
    const [presence, of] = row.split(' ') as ['required' | 'optional' | 'computed', 'string' | 'number' | 'bool'];
    // the provider answers with its defaults for what was left out
    return [name, { type: of, [presence]: true, ...(presence === 'optional' && { computed: true }) }];
  });
  return { attributes: Object.fromEntries(attributes), blocks: {} };
}

/** Whether a provider may fill an argument or block that the user left out. */
export function mayBeComputed(name: string): boolean {
  return !NEVER_COMPUTED.includes(name);
}
