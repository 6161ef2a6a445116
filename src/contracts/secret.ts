import { IConstruct } from 'constructs';
import { IPrivateNetwork } from './network';
import { IPrincipal } from './principal';

/**
 * Where a reader finds a secret; not the secret itself.
 */
export interface SecretReference {
  /** Address without a version, e.g. `https://kv-billing.vault.azure.net/secrets/token`, so that rotation is followed. */
  readonly secretUri: string;

  /**
   * Networks that the secret can be reached from, and from nowhere else; none where nobody reaches it yet.
   *
   * @default - not known, or from everywhere
   */
  readonly networks?: IPrivateNetwork[];
}

/**
 * A secret in a vault that a reader can be given, one secret at a time.
 */
export interface ISecret extends IConstruct {
  /**
   * Lets a reader have this secret, and tells where it is.
   *
   * @param reader The identity that will read it.
   */
  bindReader(reader: IPrincipal): SecretReference;
}
