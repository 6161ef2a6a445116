import { TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { isForTerraform } from './drill-model';

/** Something that Terraform cannot do, and that is done after each apply of a stack; safe to repeat. */
export interface SetupModel {
  /** Name of the stack. */
  readonly stack: string;
  /** Path of the construct, and the key of the step. */
  readonly name: string;
  /** For bash, in the folder of the stack, signed in to Azure as who applies. */
  readonly commands: readonly string[];
  readonly minutes: number;
}

/** What constructs answer when they are asked for what is left to do. */
interface Step {
  readonly key: string;
  readonly commands: readonly string[];
  readonly minutes?: number;
}

/** Methods by which constructs tell what is left to do, in the order in which it is done. */
const METHODS = ['toAccessSteps', 'toSetupSteps'] as const;

/** Constructs with things left to do. */
type Unfinished = IConstruct & { readonly [method in (typeof METHODS)[number]]?: () => readonly Step[] };

/** Minutes of a step that does not say how long it takes. */
const MINUTES = 10;

/** What is left to do in a stack; not where Terraform has yet to compute a name, which no pipeline could fill in. */
export function setupsOf(stack: TerraformStack, name: string): SetupModel[] {
  const constructs = stack.node.findAll() as Unfinished[];
  return METHODS.flatMap((method) =>
    constructs.flatMap((construct) =>
      (construct[method]?.() ?? []).map(({ key, commands, minutes = MINUTES }) => ({
        stack: name,
        name: `${construct.node.path}/${key}`,
        commands: commands.flatMap(unmasked),
        minutes,
      })),
    ),
  ).filter(({ commands }) => !commands.some(isForTerraform));
}

/** In one line, `export` would hide that the command failed whose answer it takes. */
function unmasked(command: string): string[] {
  const [, name, value] = /^export (\w+)=("\$\(.*\)")$/.exec(command) ?? [];
  return name === undefined ? [command] : [`${name}=${value}`, `export ${name}`];
}
