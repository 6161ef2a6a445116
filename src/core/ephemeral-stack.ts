import { TerraformElement, TerraformStack } from 'cdktf';
import { resolvedIn } from './validation';

/** First Terraform that knows ephemeral values and write-only arguments. */
const REQUIRED_TERRAFORM = '>= 1.11';

/** Blocks that may hold an ephemeral value as a whole: Terraform keeps nothing of them. */
const FORGETFUL_BLOCKS = ['ephemeral', 'provider'];

const admitted = new WeakSet<TerraformStack>();

/**
 * Makes a stack fit for ephemeral values: it asks for a Terraform that knows them, beside whatever it asks for already, and is
 * not synthesized when one of them would be kept somewhere.
 *
 * Called by whatever makes an ephemeral value, be it an `ephemeral` block or an ephemeral variable.
 */
export function admitEphemeral(stack: TerraformStack): void {
  if (admitted.has(stack)) {
    return;
  }
  admitted.add(stack);
  const { rawOverrides }: { rawOverrides?: { terraform?: { required_version?: string } } } = stack as object;
  const asked = rawOverrides?.terraform?.required_version;
  stack.addOverride('terraform.required_version', [asked, REQUIRED_TERRAFORM].filter((one) => one).join(', '));
  stack.node.addValidation({ validate: () => leaksIn(stack) });
}

/** Elements that would keep an ephemeral value, as sentences led by their path. */
function leaksIn(stack: TerraformStack): string[] {
  const elements = stack.node.findAll().filter(TerraformElement.isTerraformElement);
  const rendered = elements.map((element) => ({
    path: element.node.path,
    blocks: resolvedIn(element, element.toTerraform()) as Blocks,
  }));
  const variables = new Set(rendered.flatMap(({ blocks }) => ephemeralVariables(blocks)));
  return rendered.flatMap(({ path, blocks }) =>
    leaks(blocks, variables).map(
      ({ attribute, value }) =>
        `${path}: '${attribute}' must not take ${value}, which would end up in the state; an ephemeral value fits only into write-only arguments, whose names end in '_wo' (value_wo, administrator_password_wo)`,
    ),
  );
}

interface Blocks {
  readonly variable?: { [id: string]: { readonly ephemeral?: unknown } };
}

function ephemeralVariables({ variable = {} }: Blocks): string[] {
  return Object.entries(variable)
    .filter(([, { ephemeral }]) => ephemeral === true)
    .map(([id]) => `var.${id}`);
}

interface Leak {
  readonly attribute: string;
  readonly value: string;
}

/** Locals count as leaks too: behind their name nobody can tell an ephemeral value from another. */
function leaks(value: unknown, variables: Set<string>, attribute: string = '', depth: number = 0): Leak[] {
  if (typeof value === 'string') {
    const references = value.includes('${') ? (value.match(/\bephemeral\.\w+\.[\w-]+|\bvar\.[\w-]+/g) ?? []) : [];
    const found = references.find((reference) => reference.startsWith('ephemeral.') || variables.has(reference));
    return found ? [{ attribute, value: found }] : [];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value)
    .filter(([key]) => !mayHold(key, depth))
    .flatMap(([key, inner]) => leaks(inner, variables, Array.isArray(value) ? attribute : key, depth + 1));
}

function mayHold(key: string, depth: number): boolean {
  return key.endsWith('_wo') || key === '//' || (depth === 0 && FORGETFUL_BLOCKS.includes(key));
}
