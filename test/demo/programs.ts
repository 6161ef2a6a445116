import * as fs from 'fs';
import * as path from 'path';

/** An example that can be run: `examples/<name>/main.ts` or `examples/<name>.ts`. */
export interface Program {
  readonly name: string;
  readonly file: string;
}

/** Every program of a folder, by name. */
export function programsIn(folder: string): Program[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .map((entry) => ({
      name: path.basename(entry.name, '.ts'),
      file: path.join(folder, entry.name, ...(entry.isDirectory() ? ['main.ts'] : [])),
    }))
    .filter(({ file }) => file.endsWith('.ts') && fs.existsSync(file))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What is wrong with the names of the stacks that a program made: one per environment, dev and prod at least. */
export function stackProblems(program: string, stacks: readonly string[]): string[] {
  return [
    ...stacks
      .filter((stack) => !stack.startsWith(`${program}-`))
      .map((stack) => `${program}: the stack "${stack}" must be named "${program}-<environment>"`),
    ...['dev', 'prod']
      .map((environment) => `${program}-${environment}`)
      .filter((stack) => !stacks.includes(stack))
      .map((stack) => `${program}: there is no stack "${stack}"`),
  ];
}
