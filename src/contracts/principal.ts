import { IConstruct } from 'constructs';

/**
 * Kind of directory object that receives access.
 */
export enum PrincipalType {
  /** A managed identity or an application. */
  SERVICE_PRINCIPAL = 'ServicePrincipal',
  /** A directory group. */
  GROUP = 'Group',
  /** A person. */
  USER = 'User',
}

/**
 * Anything that can be given access.
 */
export interface IPrincipal extends IConstruct {
  /** Object id in the directory. */
  readonly principalId: string;
  /** Kind of directory object; sent along with every grant, so that a new identity need not be replicated first. */
  readonly principalType: PrincipalType;

  /**
   * The principal this one acts as; grants go there, so that an app and its identity are never granted the same role twice.
   *
   * @default - itself
   */
  readonly actsAs?: IPrincipal;
}
