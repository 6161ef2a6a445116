import { TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { stableHash } from '../core/naming';
import { resolvedIn } from '../core/validation';

/** A value that only Terraform knows: the variable that stands for it, and how to get it. */
export interface ShellValue {
  readonly name: string;
  readonly expression: string;
  readonly stack: string;
}

/**
 * Commands as a shell takes them: where one has a value that only Terraform knows, a variable stands for it.
 */
export class ShellValues {
  private readonly found = new Map<string, ShellValue>();

  /** Values that the commands so far stand for, by the names of their variables. */
  public get all(): ShellValue[] {
    return [...this.found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** A command of a construct, with its values. */
  public inShell(construct: IConstruct, command: string): string {
    const resolved = String(resolvedIn(construct, command));
    // `${VAR}` of a shell has no full stop, bracket or quote in it, while what Terraform computes has
    return resolved.replace(/\$\{((?:[^{}]|\{[^{}]*\})*[.[("'](?:[^{}]|\{[^{}]*\})*)\}/g, (_, expression: string) => {
      const { name } = this.valueOf(construct, expression);
      return `\${${name}}`;
    });
  }

  private valueOf(construct: IConstruct, expression: string): ShellValue {
    const stack = TerraformStack.of(construct).node.id;
    const key = `${stack}\n${expression}`;
    const there = this.found.get(key);
    const value = there ?? { name: this.nameFor(stack, expression), expression, stack };
    this.found.set(key, value);
    return value;
  }

  /** The words of a reference, without the hash; another expression with the same words keeps one of its own. */
  private nameFor(stack: string, expression: string): string {
    const [, , id = 'value', attribute = ''] = /^(?:data\.)?(\w+)\.([\w-]+)\.([\w.]+)$/.exec(expression) ?? [];
    const words = `${id.replace(/_[0-9A-F]{8}$/, '')}_${attribute}`.replace(/\W+/g, '_').replace(/_+$/, '');
    const name = words.toUpperCase();
    const taken = [...this.found.values()].some((value) => value.name === name);
    return taken || id === 'value' ? `${name}_${stableHash(stack, expression).toUpperCase()}` : name;
  }
}

/**
 * Names of the variables that whoever runs some commands has to set first, in the order in which they come.
 */
export function inputsOf(commands: string[]): string[] {
  const all = commands.join('\n');
  const set = new Set([...all.matchAll(/^\s*(?:export )?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name));
  const used = [...all.matchAll(/\$\{?([A-Z][A-Z0-9_]*)(?![A-Z0-9_]*:-)\}?/g)].map(([, name]) => name);
  return [...new Set(used)].filter((name) => !set.has(name) && name !== 'SECONDS');
}
