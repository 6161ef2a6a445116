import { Construct } from 'constructs';
import { EphemeralResource, EphemeralValue } from './ephemeral-resource';
import { PASSWORD_LENGTH, passwordProblems } from './password-problems';
import { ensureRandomProvider } from './utility-providers';
import { rejectIf } from './validation';

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
    const { length = PASSWORD_LENGTH, symbols = true } = props;
    rejectIf(this, ...passwordProblems(props));
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
