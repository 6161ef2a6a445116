import { IConstruct } from 'constructs';
import { IPrivateNetwork } from './network';
import { IPrincipal } from './principal';

/**
 * What a client needs to know to reach a connection target; never a secret.
 */
export interface ConnectionConfig {
  /** Settings by name; clients put a prefix before each name. */
  readonly settings: { [name: string]: string };

  /**
   * Networks that it can be reached from, and from nowhere else; none where nobody reaches it yet.
   *
   * @default - not known, or from everywhere
   */
  readonly networks?: IPrivateNetwork[];
}

/**
 * A construct that an application can be connected to.
 */
export interface IConnectionTarget extends IConstruct {
  /**
   * Opens this construct to a client, and tells how to reach it.
   *
   * @param client The identity that will connect.
   */
  bindClient(client: IPrincipal): ConnectionConfig;
}

/**
 * One connection that was made; what diagrams draw as an arrow.
 */
export interface Connection {
  /** Name the client knows the target by. */
  readonly name: string;
  /** Who connects. */
  readonly client: IConstruct;
  /** What is connected to. */
  readonly target: IConstruct;
}
