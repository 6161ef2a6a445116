import { Annotations } from 'cdktf';
import { IConstruct } from 'constructs';

/**
 * Warns of something that is only known at synthesis, which may run more than once.
 */
export function warnOnce(construct: IConstruct, message: string): void {
  if (!construct.node.metadata.some(({ data }) => data === message)) {
    Annotations.of(construct).addWarning(message);
  }
}
