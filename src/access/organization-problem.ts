import { IConstruct } from 'constructs';
import { shown } from '../core/validation';
import { Workload } from '../core/workload';

/**
 * Why no role can be given on a construct, as a clause for `rejectIf()`: of whatever gives one, before it makes anything.
 */
export function organizationProblem(construct: IConstruct): string | false {
  const { organization, node } = Workload.of(construct);
  return (
    organization === undefined &&
    `names of role assignments are unique in a whole directory: give the workload ${shown(node.path)} an 'organization', a literal that no other organization uses, e.g. your domain or subscription id`
  );
}
