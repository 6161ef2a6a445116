import { readdirSync, readFileSync } from 'fs';
import { join, sep } from 'path';
import { parse } from 'yaml';
import { scratch } from '../support/scratch';

/** One stack, as Terraform reads it. */
export class Stack {
  /** Resources by type and construct path below the stack. */
  private readonly byType = new Map<string, Map<string, any>>();

  constructor(
    public readonly name: string,
    public readonly json: any,
  ) {
    for (const [type, byId] of Object.entries<any>(json.resource ?? {})) {
      const byPath = new Map<string, any>();
      for (const [id, block] of Object.entries<any>(byId)) {
        const { '//': metadata, ...attributes } = block;
        const path = metadata?.metadata?.path ?? id;
        byPath.set(path.slice(path.indexOf('/') + 1), { ...attributes, address: `${type}.${id}` });
      }
      this.byType.set(type, byPath);
    }
  }

  /** Types of what is in it. */
  public get types(): string[] {
    return [...this.byType.keys()];
  }

  /** Every resource of a type, by its construct path. */
  public all(type: string): { [path: string]: any } {
    return Object.fromEntries(this.byType.get(type) ?? []);
  }

  /** Every resource: type, path and attributes. */
  public everything(): Array<{ type: string; path: string; attributes: any }> {
    return [...this.byType].flatMap(([type, byPath]) =>
      [...byPath].map(([path, attributes]) => ({ type, path, attributes })),
    );
  }

  /** The resource of a type whose construct path ends so; fails when there is none, or several. */
  public at(type: string, end: string): any {
    const found = Object.entries(this.all(type)).filter(([path]) => `/${path}`.endsWith(`/${end}`));
    if (found.length !== 1) {
      const there = Object.keys(this.all(type)).join('\n  ');
      throw new Error(`expected one ${type} at ${end} of ${this.name}, found ${found.length}; there are:\n  ${there}`);
    }
    return found[0][1];
  }

  /** What Terraform code calls the id of a resource. */
  public idOf(type: string, end: string): string {
    return `\${${this.at(type, end).address}.id}`;
  }
}

/** What one program made: its stacks, and its files. */
export class Synthesized {
  private readonly parsed = new Map<string, any>();

  constructor(private readonly outdir: string) {}

  /** Names of the stacks. */
  public get stackNames(): string[] {
    return readdirSync(join(this.outdir, 'stacks')).sort();
  }

  /** The stack with a name. */
  public stack(name: string): Stack {
    return this.once(
      `stack ${name}`,
      () => new Stack(name, JSON.parse(this.text(join('stacks', name, 'cdk.tf.json')))),
    );
  }

  /** What synthesis warned of. */
  public warnings(): string[] {
    const { stacks } = JSON.parse(this.text('manifest.json'));
    return Object.values<any>(stacks).flatMap(({ annotations = [] }) => annotations.map(({ message }: any) => message));
  }

  /** The text of the only file whose path ends so. */
  public file(end: string): string {
    const files = this.once('files', () => readdirSync(join(this.outdir, 'files'), { recursive: true }).map(String));
    const found = files.filter((file: string) => `/${file.split(sep).join('/')}`.endsWith(`/${end}`));
    if (found.length !== 1) {
      throw new Error(`expected one file ${end}, found ${found.length}`);
    }
    return this.text(join('files', found[0]));
  }

  /** A workflow of GitHub, parsed. */
  public workflow(name: string): any {
    return this.once(`workflow ${name}`, () => parse(this.file(`.github/workflows/${name}.yml`)));
  }

  /** Everything that was written, by its path. */
  public texts(): Array<[string, string]> {
    return readdirSync(this.outdir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file, readFileSync(file, 'utf8')]);
  }

  private text(file: string): string {
    return readFileSync(join(this.outdir, file), 'utf8');
  }

  private once<T>(key: string, make: () => T): T {
    if (!this.parsed.has(key)) {
      this.parsed.set(key, make());
    }
    return this.parsed.get(key);
  }
}

const examples = new Map<string, Synthesized>();

/** An example, run the first time that somebody asks for it. */
export function example(name: string): Synthesized {
  let synthesized = examples.get(name);
  if (!synthesized) {
    const outdir = scratch(name);
    process.env.CDKTF_OUTDIR = outdir;
    try {
      jest.requireActual(join(__dirname, '../../examples', name, 'main.ts'));
    } finally {
      delete process.env.CDKTF_OUTDIR;
    }
    synthesized = new Synthesized(outdir);
    examples.set(name, synthesized);
  }
  return synthesized;
}

/** The platform that the rows are about. */
export function platform(): Synthesized {
  return example('fundraising-platform');
}

/** The platform in one environment. */
export function platformIn(environment: 'dev' | 'staging' | 'prod'): Stack {
  return platform().stack(`fundraising-platform-${environment}`);
}

/** What is deployed by hand before it: the account of states, and the identities of the workflows. */
export function foundationIn(environment: 'dev' | 'staging' | 'prod'): Stack {
  const { stackNames } = platform();
  const name = stackNames.find((stack) => new RegExp(`^fundraising-platform-.+-${environment}$`).test(stack));
  return platform().stack(name ?? `the foundation of ${environment}`);
}

/** What guards the repository. */
export function repository(): Stack {
  const { stackNames } = platform();
  const name = stackNames.find((stack) => platform().stack(stack).types.includes('github_repository_ruleset'));
  return platform().stack(name ?? 'the repository');
}

/** What the workflows read about one environment of the platform. */
export function variablesIn(environment: 'dev' | 'staging' | 'prod'): Stack {
  return platform().stack(`fundraising-platform-github-${environment}`);
}
