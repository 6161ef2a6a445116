import { TerraformStack, Token } from 'cdktf';
import { DrillInterval, IRehearsed } from '../../contracts/drill';

/** References are of the form `${var.name}`; what bash fills in, e.g. `${DRILL_CHECK:-}`, has no dots. */
const REFERENCE = /\$\{[^}]*\b[a-z]\w*\.\w/;

/** A rehearsal of a recovery, in the stage of its stack. */
export interface DrillModel {
  readonly stage: string;
  /** Path of the construct, and the key of the rehearsal. */
  readonly name: string;
  readonly interval: DrillInterval;
  readonly commands: readonly string[];
  readonly rtoMinutes: number;
  readonly rpoMinutes: number;
}

/** What can be rehearsed in a stack; not where Terraform has yet to compute a name, which no pipeline could fill in. */
export function drillsOf(stack: TerraformStack, stage: string): DrillModel[] {
  return stack.node
    .findAll()
    .filter((construct): construct is IRehearsed => 'toRecoveryDrills' in construct)
    .flatMap((construct) =>
      construct.toRecoveryDrills().map(({ key, interval, commands, rtoMinutes, rpoMinutes }) => ({
        stage,
        name: `${construct.node.path}/${key}`,
        interval,
        commands,
        rtoMinutes,
        rpoMinutes,
      })),
    )
    .filter(({ commands }) => !commands.some(isForTerraform));
}

/** Whether a command holds something that Terraform has yet to compute. */
export function isForTerraform(command: string): boolean {
  return Token.isUnresolved(command) || REFERENCE.test(command);
}
