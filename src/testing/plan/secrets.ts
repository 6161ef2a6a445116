import { isCalledSecret, isForVault, secretIn } from '../../secrets/literal-secrets';
import { StackVerdict, TerraformPlan } from '../terraform';
import { factsOf } from '../terraform/facts/type-facts';

/** Something secret that is written down. */
export interface SecretFound {
  /** Address of the resource or output, or the section of the stack. */
  readonly address: string;
  readonly text: string;
}

/** Maps of names to values, of which the names tell what is secret. */
const SETTINGS = /^(app_settings|environment_variables|settings)$/;

/** Results that are secret, of providers without facts. */
const RESULTS =
  /^(random_password\.[\w-]+\.(result|bcrypt_hash)|tls_private_key\.[\w-]+\.private_key_\w+|azuread_\w+_password\.[\w-]+\.value)/;

/** Sensitive to the provider, and yet no secret: they let nobody in where local authentication is off. */
const HARMLESS = /^azurerm_application_insights\.[\w-]+\.(connection_string|instrumentation_key)/;

/**
 * The secrets that a stack writes into its configuration or has Terraform keep in its state.
 *
 * @param stack the stack as Terraform reads it
 * @param markers text that must not occur anywhere, such as a password that a test has passed in
 */
export function secretsIn(stack: any, { plan }: StackVerdict, markers: string[]): SecretFound[] {
  const root = plan?.configuration?.root_module ?? {};
  const variables = Object.entries<any>(root.variables ?? {}).filter(([, { sensitive }]) => sensitive);
  const secretVariables = variables.map(([name]) => `var.${name}`);
  const written = stringsIn(stack, []).flatMap(([path, text]) =>
    namedForms(path, text, markers).map((form) => foundAt(path, form)),
  );
  const resources: any[] = (root.resources ?? []).filter(({ mode }: any) => mode === 'managed');
  return [
    ...written,
    ...markedIn(plan, markers).filter(({ address }) => !written.some((found) => found.address === address)),
    ...resources.flatMap(({ address, type, expressions }) =>
      storedSecrets(type, expressions, secretVariables).map((text) => ({ address, text })),
    ),
    ...Object.entries<any>(root.outputs ?? {}).flatMap(([name, { expression }]) =>
      secretReferences(expression, secretVariables).map((text) => ({
        address: `output.${name}`,
        text: `stores ${text}`,
      })),
    ),
  ];
}

// what reaches the plan from elsewhere, as values of variables do
function markedIn(plan: TerraformPlan | undefined, markers: string[]): SecretFound[] {
  const values: [string, unknown][] = [
    ...Object.entries(plan?.variables ?? {}).map(([name, { value }]): [string, unknown] => [`var.${name}`, value]),
    ...(plan?.resource_changes ?? []).map(({ address, change }): [string, unknown] => [address, change.after]),
    ...Object.entries(plan?.output_changes ?? {}).map(([name, { after }]): [string, unknown] => [
      `output.${name}`,
      after,
    ]),
  ];
  return values.flatMap(([address, value]) =>
    stringsIn(value, [])
      .filter(([, text]) => markers.some((marker) => text.includes(marker)))
      .map(([path]) => ({ address, text: [path.join('.'), 'contains a marker'].filter(Boolean).join(' ') })),
  );
}

// the arguments that are secret, or take something secret
function storedSecrets(type: string, expressions: any, variables: string[], path = ''): string[] {
  return Object.entries<any>(expressions ?? {}).flatMap(([name, value]) => {
    const at = path + name;
    const flags = factsOf('hashicorp/azurerm', type)?.flags?.[at] ?? '';
    if (flags.includes('w') || /_wo$/.test(name) || value === null || typeof value !== 'object') {
      return [];
    }
    if (Array.isArray(value)) {
      return value.flatMap((inner) => storedSecrets(type, inner, variables, `${at}.`));
    }
    const taken = secretReferences(value, variables).map((text) => `${at} stores ${text}`);
    if (taken.length > 0) {
      return taken;
    }
    if (flags.includes('s') && isSecretValue(value)) {
      return [`${at} is secret, and would be kept in the state`];
    }
    return isExpression(value) ? [] : storedSecrets(type, value, variables, `${at}.`);
  });
}

function isExpression(value: any): boolean {
  return 'constant_value' in value || 'references' in value;
}

function isSecretValue({ constant_value: constant, references = [] }: any): boolean {
  const given = constant !== undefined && constant !== null && constant !== '';
  return references.length > 0 || (given && !isForVault(String(constant)));
}

function secretReferences({ references = [] }: any, variables: string[]): string[] {
  const secret = references.filter(
    (to: string) => variables.includes(to) || (isSecretResult(to) && !HARMLESS.test(to)),
  ) as string[];
  // terraform names a.b[0].c, a.b[0] and a.b
  return secret.filter((to) => !secret.some((other) => other !== to && other.startsWith(to)));
}

// "azurerm_storage_account.data.primary_access_key", with "data." before a data source and indexes in between
function isSecretResult(reference: string): boolean {
  const [, data = '', type, attribute] = /^(data\.)?(\w+)\.[\w-]+(?:\[[^\]]*\])?\.([\w.]+)/.exec(reference) ?? [];
  const flags = type && factsOf('hashicorp/azurerm', data + type)?.flags?.[attribute];
  return RESULTS.test(reference) || (flags ? flags.includes('s') : false);
}

function namedForms(path: string[], text: string, markers: string[]): string[] {
  const form = secretIn(text) ?? (isNamedSecret(path, text) ? 'what its name calls a secret' : undefined);
  return [...(form ? [form] : []), ...(markers.some((marker) => text.includes(marker)) ? ['a marker'] : [])];
}

function isNamedSecret(path: string[], text: string): boolean {
  const [map, name] = path.slice(-2);
  return SETTINGS.test(map) && !text.includes('${') && isCalledSecret(name, text);
}

function foundAt(path: string[], form: string): SecretFound {
  const [section, ...steps] = path;
  const depth = { resource: 2, data: 2, ephemeral: 2 }[section] ?? 1;
  const address = [...(section === 'resource' ? [] : [section]), ...steps.slice(0, depth)].join('.');
  return { address, text: `${steps.slice(depth).join('.') || section} contains ${form}` };
}

function stringsIn(value: any, path: string[]): [string[], string][] {
  if (typeof value === 'string') {
    return [[path, value]];
  }
  const isObject = value !== null && typeof value === 'object';
  return isObject ? Object.entries(value).flatMap(([key, inner]) => stringsIn(inner, [...path, key])) : [];
}
