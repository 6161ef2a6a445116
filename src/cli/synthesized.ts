import * as fs from 'fs';
import * as path from 'path';
import { InputError } from './problems';
import { Body } from './values';

/** A block that says what became of an address. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** A block that says that an address is meant to go. */
export interface Removal {
  readonly from: string;
  /** Whether Terraform only forgets what is there, and leaves it in Azure. */
  readonly forgets: boolean;
}

/** One stack, as Terraform gets it. */
export interface SynthesizedStack {
  readonly name: string;
  /** Arguments of each resource, by address. */
  readonly resources: ReadonlyMap<string, Body>;
  /** Addresses of modules. */
  readonly modules: readonly string[];
  readonly moved: readonly Move[];
  readonly removed: readonly Removal[];
}

/**
 * Every stack of a folder that cdktf has written, by name.
 *
 * The manifest says which: folders of stacks that are no more may still lie about.
 */
export function readSynthesized(folder: string): Map<string, SynthesizedStack> {
  const manifest = readJson(
    path.join(folder, 'manifest.json'),
    'synthesize first, or name the folder that cdktf wrote',
  );
  const { stacks = {} } = (manifest ?? {}) as { stacks?: Record<string, { synthesizedStackPath?: string }> };
  const read = Object.entries(stacks).map(([name, { synthesizedStackPath = '' }]) => {
    const file = path.join(folder, synthesizedStackPath);
    if (!file.endsWith('.json')) {
      throw new InputError(`${file}: is not JSON; synthesize without HCL output`);
    }
    return [name, stackOf(name, readJson(file, 'synthesize again'))] as const;
  });
  if (read.length === 0) {
    throw new InputError(`${folder}: has no stacks`);
  }
  return new Map(read.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Type of the resource at an address. */
export function typeOf(address: string): string {
  return address.split('.')[0];
}

/** Where in the program a resource is defined, if cdktf has noted it. */
export function constructPathOf(resource: Body | undefined): string | undefined {
  const { metadata } = (resource?.['//'] ?? {}) as { metadata?: { path?: string } };
  return metadata?.path;
}

/**
 * Reads a file, or says in one line why not.
 *
 * @param remedy What to do where there is none.
 */
export function readJson(file: string, remedy: string): unknown {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch {
    throw new InputError(`${file}: cannot be read; ${remedy}`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError(`${file}: is not JSON`);
  }
}

interface RemovedBlock {
  readonly from: string;
  readonly lifecycle?: Lifecycle | Lifecycle[];
}

interface Lifecycle {
  readonly destroy?: boolean | string;
}

function stackOf(name: string, json: unknown): SynthesizedStack {
  const {
    resource = {},
    module = {},
    moved,
    removed,
  } = (json ?? {}) as {
    resource?: Record<string, Record<string, Body>>;
    module?: object;
    moved?: Move | Move[];
    removed?: RemovedBlock | RemovedBlock[];
  };
  const resources = Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).map(([id, body]) => [`${type}.${id}`, body] as const),
  );
  return {
    name,
    resources: new Map(resources.sort(([a], [b]) => (a < b ? -1 : 1))),
    modules: Object.keys(module).map((id) => `module.${id}`),
    moved: listOf(moved),
    removed: listOf(removed).map(({ from, lifecycle }) => ({
      from,
      // terraform destroys where the block does not say
      forgets: listOf(lifecycle).some(({ destroy }) => String(destroy) === 'false'),
    })),
  };
}

function listOf<T>(blocks: T | T[] | undefined): T[] {
  return blocks === undefined ? [] : ([blocks].flat() as T[]);
}
