import * as fs from 'fs';
import * as path from 'path';
import { blockOf } from './blocks';
import { GeneratedClass, GeneratedCode, readGenerated } from './generated';
import { Block } from './model';

/** Where cdktf and its successor publish their bindings. */
const SCOPES = ['@cdktf', '@cdktn'];

/** Folders are named after the type; words that JavaScript reserves get a suffix. */
const SUFFIXES = ['', '-resource'];

const BASES = { resource: 'TerraformResource', data: 'TerraformDataSource', provider: 'TerraformProvider' };

/** Reading a folder takes milliseconds and never changes: kept for every call in this process. */
const opened = new Map<string, Bindings>();

/** The installed bindings of one provider. */
export class Bindings {
  /**
   * Looks in the `node_modules` of a folder and of those above it.
   *
   * @param source the provider, as `NAMESPACE/TYPE`
   */
  public static find(from: string, source: string): Bindings | undefined {
    for (let folder = path.resolve(from); ; folder = path.dirname(folder)) {
      for (const scope of SCOPES) {
        const candidate = path.join(folder, 'node_modules', scope, `provider-${source.split('/')[1]}`);
        if (describes(candidate, source)) {
          const bindings = opened.get(candidate) ?? new Bindings(candidate);
          opened.set(candidate, bindings);
          return bindings;
        }
      }
      if (folder === path.dirname(folder)) {
        return undefined;
      }
    }
  }

  private readonly folders = new Map<string, Map<string, Block>>();

  private constructor(private readonly root: string) {}

  /** Schema of the provider's own configuration. */
  public provider(): Block {
    const { attributes, blocks } = this.folder('provider').get('provider')!;
    // belongs to terraform, and terraform refuses a provider that claims it; nothing here is ever computed
    const { alias: _, ...settable } = attributes;
    return { attributes: settable, blocks };
  }

  /** Schema of a resource or data source; `undefined` where the provider has none of that name. */
  public type(kind: 'resource' | 'data', type: string): Block | undefined {
    const name = (kind === 'data' ? `data_${type}` : type.replace(/^[^_]+_/, '')).replace(/_/g, '-');
    for (const suffix of SUFFIXES) {
      const block = this.folder(name + suffix).get(`${kind} ${type}`);
      if (block) {
        return block;
      }
    }
    return undefined;
  }

  private folder(name: string): Map<string, Block> {
    const known = this.folders.get(name);
    if (known) {
      return known;
    }
    const code = this.read(name);
    const found = new Map<string, Block>();
    for (const generated of code.classes.values()) {
      const kind = kindOf(generated);
      if (kind) {
        found.set(kind === 'provider' ? kind : `${kind} ${generated.type}`, blockOf(code, generated));
      }
    }
    this.folders.set(name, found);
    return found;
  }

  // big types are spread over several files
  private read(name: string): GeneratedCode {
    const folder = path.join(this.root, 'lib', name);
    const files = fs.existsSync(folder) ? fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
    const textOf = (extension: string): string =>
      files
        .filter((file) => file.endsWith(extension))
        .map((file) => fs.readFileSync(path.join(folder, file), 'utf8'))
        .join('\n');
    return readGenerated(textOf('.js'), textOf('.d.ts'));
  }
}

function kindOf({ base }: GeneratedClass): string | undefined {
  return Object.entries(BASES).find(([, name]) => name === base)?.[0];
}

function describes(folder: string, source: string): boolean {
  try {
    const { cdktf, cdktn } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
    return String((cdktf ?? cdktn)?.provider?.name).endsWith(source);
  } catch {
    return false;
  }
}
