import * as fs from 'fs';
import * as path from 'path';
import { fake } from '../fakes';
import { Known } from '../remote-state';
import { Block, TypeSpec, typeOf } from '../schema/model';
import { StackBlock } from '../stack';

/** Answered from the token, without a call. */
const HARMLESS_DATA = 'azurerm_client_config';

/** Providers whose plan calls nobody; the others keep their stand-ins. */
const REAL = ['azurerm', 'random', 'time', 'tls', 'null', 'local'].map(
  (name) => `registry.terraform.io/hashicorp/${name}`,
);

/** Whether the real provider of an address can plan without a network. */
export function plansOffline(address: string): boolean {
  return REAL.includes(address);
}

/**
 * Rewrites a copied stack so that the real azurerm calls nobody while it plans a first deployment: no registration of resource
 * providers, no imports, and made-up values in the place of what data sources would read.
 *
 * @param json the stack in the copy
 * @param folder where the copy is
 */
export function withoutCalls(json: any, { stack, schemas }: Known, folder: string): any {
  const azurerm = [...stack.providers()].filter(([, address]) => address.endsWith('/hashicorp/azurerm'));
  const locals = azurerm.map(([local]) => local);
  const read = stack.blocks.filter(
    ({ kind, type, provider }) => kind === 'data' && locals.includes(provider) && type !== HARMLESS_DATA,
  );
  const block = (type: string): Block => schemas.providers.get(azurerm[0][1])!.types.data[type];
  const copy = redirected(json, read);
  delete copy.import;
  for (const local of locals) {
    // every alias; one that is not configured is registered nowhere else
    copy.provider = { ...copy.provider, [local]: [copy.provider?.[local] ?? { features: [{}] }].flat().map(quiet) };
  }
  for (const data of read) {
    const file = path.join(folder, `${stateOf(data)}.tfstate`);
    fs.writeFileSync(file, JSON.stringify(fakeState(data, block(data.type))));
    delete copy.data[data.type][data.name];
    copy.data.terraform_remote_state = {
      ...copy.data.terraform_remote_state,
      [stateOf(data)]: { backend: 'local', config: { path: file } },
    };
  }
  for (const type of Object.keys(copy.data ?? {}).filter((name) => Object.keys(copy.data[name]).length === 0)) {
    delete copy.data[type];
  }
  return copy;
}

/** What a plan with real providers cannot do. */
export function realObstacles({ blocks }: Known['stack']): string[] {
  const many = blocks.filter(({ kind, type, body }) => kind === 'data' && /^azurerm_/.test(type) && 'for_each' in body);
  return many.map(({ address }) => `${address} has for_each: what it reads cannot be made up`);
}

function quiet(block: any): any {
  return { ...block, resource_provider_registrations: 'none', resource_providers_to_register: [] };
}

function stateOf({ type, name }: StackBlock): string {
  return `${type}-${name}`;
}

// expressions read the state in the place of the data source
function redirected(value: any, read: StackBlock[], key = ''): any {
  if (typeof value === 'string') {
    return read.reduce((text, data) => {
      const to = `data.terraform_remote_state.${stateOf(data)}`;
      const address = new RegExp(`(?<![\\w.-])${data.address.replace(/\./g, '\\.')}(?![\\w-])`, 'g');
      return text.replace(address, key === 'depends_on' ? to : `${to}.outputs.read`);
    }, value);
  }
  if (Array.isArray(value)) {
    return value.map((element) => redirected(element, read, key));
  }
  const isObject = value !== null && typeof value === 'object';
  return isObject ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, redirected(v, read, k)])) : value;
}

function fakeState({ body }: StackBlock, block: Block): object {
  const names = [...Object.keys(block.attributes), ...Object.keys(block.blocks)];
  const types = names.map((name): [string, TypeSpec] => [name, plainType(typeOf(block, name)!)]);
  const value = Object.fromEntries(types.map(([name, type]) => [name, literal(body[name]) ?? fake(type, name)]));
  const type: TypeSpec = ['object', Object.fromEntries(types)];
  const output = 'count' in body ? { value: [value], type: ['list', type] } : { value, type };
  return {
    version: 4,
    terraform_version: '1.11.0',
    serial: 1,
    lineage: 'fake',
    outputs: { read: output },
    resources: [],
    check_results: null,
  };
}

function literal(value: unknown): unknown {
  return ['string', 'number', 'boolean'].includes(typeof value) && !/[$%]\{/.test(String(value)) ? value : undefined;
}

// a state holds no value whose type is open
function plainType(type: TypeSpec): TypeSpec {
  if (typeof type === 'string') {
    return type === 'dynamic' ? 'string' : type;
  }
  return type[0] === 'object'
    ? ['object', Object.fromEntries(Object.entries(type[1]).map(([name, inner]) => [name, plainType(inner)]))]
    : [type[0], plainType(type[1])];
}
