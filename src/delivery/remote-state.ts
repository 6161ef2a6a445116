import { LocalBackend, TerraformBackend, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';

/**
 * Refuses at synthesis a stack that keeps its state on the machine that applies it: those of workflows start empty, and the next
 * run would plan to create everything once more.
 *
 * @param pipeline Who applies it.
 * @param stack The stack; its backend may still come.
 */
export function requireRemoteState(pipeline: IConstruct, stack: TerraformStack): void {
  stack.node.addValidation({
    validate: () =>
      stack.node.children.some((child) => TerraformBackend.isBackend(child) && !(child instanceof LocalBackend))
        ? []
        : [
            `the pipeline ${pipeline.node.path} applies this stack from machines that start empty, so its state must be kept elsewhere; give the stack an AzureState`,
          ],
  });
}
