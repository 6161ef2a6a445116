import { Construct } from 'constructs';
import { IPrivateNetwork } from '../contracts/network';

/** Where a container is. */
export interface EvidencePlace {
  readonly store: Construct;
  readonly storageAccountId: string;
  readonly blobEndpoint: string;
  /** Networks that lead there and nothing else does, where that is known. */
  readonly networks?: IPrivateNetwork[];
  /** Azure resource id of the account for copies, if there is one. */
  readonly replicaAccountId?: string;
}
