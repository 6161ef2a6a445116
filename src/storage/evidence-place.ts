import { Construct } from 'constructs';

/** Where a container is. */
export interface EvidencePlace {
  readonly store: Construct;
  readonly storageAccountId: string;
  readonly blobEndpoint: string;
  /** Azure resource id of the account for copies, if there is one. */
  readonly replicaAccountId?: string;
}
