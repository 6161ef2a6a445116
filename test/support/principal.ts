import { Construct } from 'constructs';
import { Principal } from '../../src/access/principal';
import { IPrincipal } from '../../src/contracts/principal';

/** A directory group that can be given access. */
export function groupIn(scope: Construct): IPrincipal {
  return Principal.group(scope, 'Group', '00000000-0000-0000-0000-000000000001');
}
