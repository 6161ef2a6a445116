import { TerraformElement, TerraformStack, Token, ref } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { ensureRandomProvider } from './utility-providers';
import { isWholeBetween, rejectIf, resolvedIn } from './validation';

/** First Terraform that knows both ephemeral resources and write-only arguments. */
const REQUIRED_TERRAFORM = '>= 1.11';

/**
 * A value that exists while Terraform runs, and is never written down: not in the plan, not in the state.
 *
 * Fits only into write-only arguments, whose names end in `_wo`; anywhere else it is an error at synthesis.
 */
export class EphemeralValue {
  /** @internal */
  public constructor(
    /** Reference for a write-only argument. */
    public readonly reference: string,
  ) {}
}

/**
 * Properties for `EphemeralResource`.
 */
export interface EphemeralResourceProps {
  /** Type of the ephemeral resource, e.g. `azurerm_key_vault_secret`. */
  readonly type: string;
  /** Its arguments, in Terraform's spelling. */
  readonly attributes: { [name: string]: any };
}

/**
 * An `ephemeral` block, which cdktf itself has no class for.
 *
 * Asks for Terraform 1.11 in the stack it is in.
 */
export class EphemeralResource extends TerraformElement {
  private readonly props: EphemeralResourceProps;

  constructor(scope: Construct, id: string, props: EphemeralResourceProps) {
    super(scope, id, `ephemeral.${props.type}`);
    this.props = props;
    const stack = TerraformStack.of(this);
    requireTerraform(stack);
    watchForLeaks(stack);
  }

  /**
   * One attribute of the resource.
   *
   * @param name Its name, in Terraform's spelling.
   */
  public valueOf(name: string): EphemeralValue {
    const stack = TerraformStack.of(this);
    return new EphemeralValue(
      Token.asString(ref(`ephemeral.${this.props.type}.${this.friendlyUniqueId}.${name}`, stack)),
    );
  }

  public toTerraform(): any {
    const { type, attributes } = this.props;
    const block = { ...attributes, ...this.rawOverrides, '//': { metadata: { path: this.node.path } } };
    return { ephemeral: { [type]: { [this.friendlyUniqueId]: block } } };
  }
}

/**
 * Properties for `EphemeralPassword`.
 */
export interface EphemeralPasswordProps {
  /**
   * Number of characters, 16 to 128; at least two of each kind are letters of each case, digits and symbols.
   *
   * @default 32
   */
  readonly length?: number;

  /**
   * Whether symbols are used; switch them off for services that put the password into a URL.
   *
   * @default true
   */
  readonly symbols?: boolean;
}

/**
 * The Terraform resources behind an `EphemeralPassword`.
 */
export interface EphemeralPasswordResources {
  /** The `ephemeral.random_password`. */
  readonly password: EphemeralResource;
}

/**
 * A generated password that is a new one in every run of Terraform, and is kept by whatever write-only argument takes it.
 *
 * The version of that argument decides when the new one is taken. Two places that must agree on it read it back from one:
 * a run that fails in between would leave them with different ones.
 */
export class EphemeralPassword extends Construct {
  /** The password, for write-only arguments. */
  public readonly value: EphemeralValue;
  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: EphemeralPasswordResources;

  constructor(scope: Construct, id: string, props: EphemeralPasswordProps = {}) {
    super(scope, id);
    const { length = 32, symbols = true } = props;
    rejectIf(this, !isWholeBetween(length, 16, 128) && `'length' must be a whole number from 16 to 128, got ${length}`);
    ensureRandomProvider(this);
    const password = new EphemeralResource(this, 'Resource', {
      type: 'random_password',
      attributes: {
        length,
        min_lower: 2,
        min_upper: 2,
        min_numeric: 2,
        special: symbols,
        ...(symbols && { min_special: 2 }),
      },
    });
    this.value = password.valueOf('result');
    this.resources = { password };
  }
}

/** Asks for a Terraform that knows ephemeral resources, beside whatever the stack asks for already. */
function requireTerraform(stack: TerraformStack): void {
  const { rawOverrides }: { rawOverrides?: { terraform?: { required_version?: string } } } = stack as object;
  const asked = rawOverrides?.terraform?.required_version?.split(', ') ?? [];
  stack.addOverride('terraform.required_version', [...new Set([...asked, REQUIRED_TERRAFORM])].join(', '));
}

const watched = new WeakSet<TerraformStack>();

/** One walk per stack, however many ephemeral values it has. */
function watchForLeaks(stack: TerraformStack): void {
  if (!watched.has(stack)) {
    watched.add(stack);
    stack.node.addValidation({ validate: () => leaksIn(stack) });
  }
}

function leaksIn(stack: TerraformStack): string[] {
  return stack.node
    .findAll()
    .filter(mayLeak)
    .flatMap((element) =>
      leaks(resolvedIn(element, element.toTerraform())).map(
        ({ attribute, value }) =>
          `${element.node.path}: '${attribute}' must not take ${value}, which would end up in the state; an ephemeral value fits only into write-only arguments, whose names end in '_wo' (value_wo, administrator_password_wo)`,
      ),
    );
}

function mayLeak(x: IConstruct): x is TerraformElement {
  return TerraformElement.isTerraformElement(x) && !(x instanceof EphemeralResource);
}

interface Leak {
  readonly attribute: string;
  readonly value: string;
}

/** Locals count as leaks too: behind their name nobody can tell an ephemeral value from another. */
function leaks(value: unknown, attribute: string = '', depth: number = 0): Leak[] {
  if (typeof value === 'string') {
    const [found] = (value.includes('${') && /\bephemeral\.\w+\.[\w-]+/.exec(value)) || [];
    return found ? [{ attribute, value: found }] : [];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value)
    .filter(([key]) => !mayHold(key, depth))
    .flatMap(([key, inner]) => leaks(inner, Array.isArray(value) ? attribute : key, depth + 1));
}

/** Write-only arguments, comments, and provider blocks as a whole: Terraform keeps none of them. */
function mayHold(key: string, depth: number): boolean {
  return key.endsWith('_wo') || key === '//' || (depth === 0 && key === 'provider');
}
