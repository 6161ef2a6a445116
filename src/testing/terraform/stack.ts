import * as fs from 'fs';
import * as path from 'path';
import { Steps } from './codec';
import { Kind } from './schema/model';

const FILE = 'cdk.tf.json';
const KINDS: Kind[] = ['resource', 'data', 'ephemeral'];

/** Terraform's own provider, `terraform_data` and `terraform_remote_state`, needs no stand-in. */
const BUILT_IN = 'terraform';

const REFERENCE =
  /(?<![\w.-])((?:data\.|ephemeral\.)?[a-z]\w*\.[A-Za-z_][\w-]*)((?:\.(?:[A-Za-z_][\w-]*|\*)|\[[^[\]]*\])*)/g;
const STEP = /\.([\w-]+|\*)|\["([^"]*)"\]|\[([^\]]*)\]/g;

/** A resource, data source or ephemeral resource of a stack. */
export interface StackBlock {
  readonly kind: Kind;
  readonly type: string;
  readonly name: string;
  readonly address: string;
  /** Local name of the provider. */
  readonly provider: string;
  readonly body: any;
}

/** A part of a block that some expression reads. */
export interface Reference {
  /** Address of the block. */
  readonly to: string;
  readonly steps: Steps;
}

/** A synthesized stack. */
export class Stack {
  public readonly text: string;
  public readonly name: string;
  public readonly json: any;
  public readonly blocks: StackBlock[];
  public readonly references: Reference[];

  constructor(public readonly folder: string) {
    const file = path.join(folder, FILE);
    this.text = fs.readFileSync(file, 'utf8');
    this.json = parse(file, this.text);
    this.name = this.json['//']?.metadata?.stackName ?? path.basename(folder);
    this.blocks = KINDS.flatMap((kind) => blocksOf(kind, this.json[kind] ?? {}));
    this.references = stringsIn(this.json).flatMap((text) => this.referencesIn(text));
  }

  /** Whatever looks like a reference to a block in the text of an expression. */
  public referencesIn(text: string): Reference[] {
    return [...text.matchAll(REFERENCE)].map(([, to, rest]) => {
      const steps = [...rest.matchAll(STEP)].map(([, name, key, index]) =>
        // a splat, or an index that is an expression, reads what the first element has
        index !== undefined || name === '*' ? Number(index) || 0 : (name ?? key),
      );
      return { to, steps: this.isRepeated(to) ? steps.slice(1) : steps };
    });
  }

  /** Addresses of the providers that are required, configured or used, by their local names. */
  public providers(): Map<string, string> {
    const required = this.json.terraform?.required_providers ?? {};
    const locals = [
      ...Object.keys(required),
      ...namesIn(this.json.provider),
      ...this.blocks.map(({ provider }) => provider),
    ].filter((local) => local !== BUILT_IN);
    return new Map(locals.map((local) => [local, fullAddress(required[local]?.source ?? local)]));
  }

  /** What expressions read of the blocks of a type, or of one of their attributes: the steps after it. */
  public readsOf(kind: Kind, type: string, attribute?: string): Steps[] {
    const addresses = new Set(this.blocks.filter((b) => b.kind === kind && b.type === type).map((b) => b.address));
    const reads = this.references.filter(({ to }) => addresses.has(to)).map(({ steps }) => steps);
    return attribute === undefined ? reads : reads.filter(([head]) => head === attribute).map(([, ...rest]) => rest);
  }

  // with count and for_each the first step chooses an instance
  private isRepeated(address: string): boolean {
    return this.blocks.some((b) => b.address === address && ('count' in b.body || 'for_each' in b.body));
  }
}

/** Folders of the stacks in a folder: itself, or what an app has synthesized into it. */
export function stackFolders(folder: string): string[] {
  const isStack = (candidate: string): boolean => fs.existsSync(path.join(candidate, FILE));
  if (isStack(folder)) {
    return [path.resolve(folder)];
  }
  const stacks = path.resolve(folder, 'stacks');
  const names = fs.existsSync(stacks) ? fs.readdirSync(stacks).sort() : [];
  const found = names.map((name) => path.join(stacks, name)).filter(isStack);
  if (found.length === 0) {
    throw new Error(`${folder} holds no ${FILE}, and no stacks that do: synthesize first`);
  }
  return found;
}

/** Names of what a section of the stack defines. */
export function namesIn(section: object | undefined): string[] {
  return Object.keys(section ?? {}).filter((name) => name !== '//');
}

// what is left out is what terraform adds by itself
function fullAddress(source: string): string {
  const parts = source.toLowerCase().split('/');
  return ['registry.terraform.io', 'hashicorp']
    .slice(0, 3 - parts.length)
    .concat(parts)
    .join('/');
}

function blocksOf(kind: Kind, byType: Record<string, any>): StackBlock[] {
  return namesIn(byType).flatMap((type) =>
    namesIn(byType[type]).map((name) => {
      const body = byType[type][name];
      const address = `${kind === 'resource' ? '' : `${kind}.`}${type}.${name}`;
      const provider = String(body.provider ?? type.split('_')[0]).split('.')[0];
      return { kind, type, name, address, provider, body };
    }),
  );
}

function parse(file: string, text: string): any {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is not JSON`, { cause });
  }
}

function stringsIn(value: any): string[] {
  if (typeof value === 'string') {
    return /[$%]\{/.test(value) ? [value] : [];
  }
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(stringsIn) : [];
}
