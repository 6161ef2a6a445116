import * as fs from 'fs';
import * as path from 'path';
import { fake } from './fakes';
import { Known, remoteState } from './remote-state';
import { TypeSpec } from './schema/model';
import { Stack } from './stack';
import { TerraformState } from './verdict';

/** What terraform leaves behind in a stack folder, and the file that is written anew. */
const LEFT_BEHIND = /^(\.terraform.*|.*\.tfstate.*|cdk\.tf\.json)$/;

/** A copy of a stack that terraform can work on without a backend, and without harm. */
export interface Workspace {
  readonly folder: string;
  /** The stack as terraform sees it. */
  readonly text: string;
}

/**
 * Copies a stack: state stays local, and values from outside the stack are made up, as far as terraform insists on one.
 *
 * @param stacks all stacks of the call, for the outputs that this one reads
 */
export async function copyStack({ stack, state }: Known, folder: string, stacks: Known[]): Promise<Workspace> {
  await fs.promises.cp(stack.folder, folder, {
    recursive: true,
    filter: (file) => file === stack.folder || !LEFT_BEHIND.test(path.basename(file)),
  });
  const json = structuredClone(stack.json);
  delete json.terraform?.backend;
  delete json.terraform?.cloud;
  for (const [name, body] of Object.entries<any>(json.data?.terraform_remote_state ?? {})) {
    const file = path.join(folder, `${name}.remote.tfstate`);
    fs.writeFileSync(file, JSON.stringify(remoteState(stack, name, stacks)));
    Object.assign(body, { backend: 'local', config: { path: file } });
    delete body.workspace;
  }
  // one value a line: terraform quotes the line with every diagnostic
  const text = JSON.stringify(json, null, 1);
  fs.writeFileSync(path.join(folder, 'cdk.tf.json'), text);
  fs.writeFileSync(path.join(folder, '00-fakes.auto.tfvars.json'), JSON.stringify(fakeVariables(stack)));
  if (state) {
    fs.writeFileSync(path.join(folder, 'terraform.tfstate'), JSON.stringify(stateForStandIns(state)));
  }
  return { folder, text };
}

// stand-ins know one version of every schema, the first one
function stateForStandIns(state: TerraformState): object {
  const resources = state.resources.map((resource) => ({
    ...resource,
    instances: resource.instances.map((instance) => ({
      ...instance,
      ...(!resource.provider.includes('builtin') && { schema_version: 0, private: undefined }),
    })),
  }));
  return { ...state, resources };
}

/** Values for variables that have none. Object types are left to terraform: made up, one would fail somewhere else. */
export function fakeVariables(stack: Stack): object {
  const fakes: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries<any>(stack.json.variable ?? {})) {
    const [type] = /^\w+/.exec(variable?.type ?? 'string') ?? [];
    const spec: Record<string, TypeSpec> = {
      string: 'string',
      any: 'string',
      number: 'number',
      bool: 'bool',
      list: ['list', 'string'],
      set: ['list', 'string'],
      map: ['map', 'string'],
    };
    const given = 'default' in variable || `TF_VAR_${name}` in process.env;
    if (!given && type && type in spec) {
      fakes[name] = typeof spec[type] === 'string' ? fake(spec[type], name) : type === 'map' ? {} : [];
    }
  }
  return fakes;
}
