import { Construct } from 'constructs';
import { IPrincipal, Principal } from '../../src';

/** A directory group that can be given access. */
export function groupIn(scope: Construct): IPrincipal {
  return Principal.group(scope, 'Group', '00000000-0000-0000-0000-000000000001');
}
