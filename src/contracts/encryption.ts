import { IConstruct } from 'constructs';
import { IPrincipal } from './principal';

/**
 * Where a service finds the key that it encrypts with.
 */
export interface EncryptionKeyReference {
  /** Address without a version, so that rotation is followed; what PostgreSQL and storage take. */
  readonly keyUri: string;
  /** Address of the version that is current when Terraform plans, for services that take no other, such as Managed Redis. */
  readonly keyVersionUri: string;
}

/**
 * A key that services encrypt their data with, in place of one of Azure's.
 */
export interface IEncryptionKey extends IConstruct {
  /**
   * Lets a service wrap its own keys with this one, and tells where it is.
   *
   * @param service The identity of the service.
   */
  bindEncrypter(service: IPrincipal): EncryptionKeyReference;
}
