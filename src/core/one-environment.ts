import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { Environment } from './environment';
import { Workload } from './workload';

/**
 * Refuses at synthesis that a construct speaks for another environment than the workloads of its stack, whether they are
 * there already or still to come.
 *
 * @param construct Something that a stack has once.
 * @param environment What it was told.
 * @param consequence What would go wrong, after `which`.
 */
export function refuseOthers(construct: Construct, environment: Environment, consequence: string): void {
  const { name } = environment;
  construct.node.addValidation({
    validate: () =>
      TerraformStack.of(construct)
        .node.findAll()
        .filter((x): x is Workload => x instanceof Workload && name !== x.environment.name)
        .map(
          (other) =>
            `'environment' must be ${other.environment.name} as that of ${other.node.path} is, got ${name}, which ${consequence}; give workloads of other environments stacks of their own`,
        ),
  });
}
