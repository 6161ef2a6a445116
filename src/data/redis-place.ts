import { Construct } from 'constructs';
import { IPrincipal } from '../contracts/principal';
import type { RedisGrant, RedisGrantResources } from './redis-grant';

/** Where a grant is given. */
export interface RedisPlace {
  /** Construct of the cache. */
  readonly scope: Construct;
  readonly host: string;
  readonly port: number;
  /** Defines what gives the access. */
  define(grant: RedisGrant, grantee: IPrincipal): RedisGrantResources;
}
