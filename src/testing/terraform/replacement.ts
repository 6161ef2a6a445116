import { isDeepStrictEqual } from 'util';
import { isUnknown, Steps, Value } from './codec';
import { Block } from './schema/model';

/** A change that replaces a resource or not, depending on the values; measured with azurerm 4.55.0. */
interface Condition {
  readonly type: string;
  readonly attribute: string;
  replaces(before: any, after: any): boolean;
}

const ZONAL = ['ZRS', 'GZRS', 'RAGZRS'];
const NODE_IMAGES = ['AzureLinux', 'Ubuntu'];

const CONDITIONS: Condition[] = [
  {
    type: 'azurerm_storage_account',
    attribute: 'account_replication_type',
    replaces: (before, after) => ZONAL.includes(before) !== ZONAL.includes(after),
  },
  { type: 'azurerm_postgresql_flexible_server', attribute: 'storage_mb', replaces: isLess },
  { type: 'azurerm_postgresql_flexible_server', attribute: 'version', replaces: isLess },
  {
    type: 'azurerm_postgresql_flexible_server',
    attribute: 'identity',
    replaces: (before, after) => before.length > 0 && after.length === 0,
  },
  {
    type: 'azurerm_mssql_database',
    attribute: 'sku_name',
    replaces: (before, after) => /^HS_/.test(before) && !/^HS_/.test(after),
  },
  {
    type: 'azurerm_kubernetes_cluster_node_pool',
    attribute: 'os_sku',
    replaces: (before, after) => !(NODE_IMAGES.includes(before) && NODE_IMAGES.includes(after)),
  },
];

/** Where a change means another resource. */
export function replacingPaths(type: string, block: Block, prior: Value, next: Value): Steps[] {
  const conditional = CONDITIONS.filter(
    ({ type: of, attribute, replaces }) =>
      of === type &&
      isKnown(prior[attribute]) &&
      isKnown(next[attribute]) &&
      !isDeepStrictEqual(prior[attribute], next[attribute]) &&
      replaces(prior[attribute], next[attribute]),
  );
  return [...changes(block, prior, next, []), ...conditional.map(({ attribute }): Steps => [attribute])];
}

function changes(block: Block, prior: Value, next: Value, steps: Steps): Steps[] {
  const found: Steps[] = [];
  for (const [name, { forcesNew }] of Object.entries(block.attributes)) {
    if (forcesNew && !isSame(prior?.[name] ?? null, next?.[name] ?? null, name)) {
      found.push([...steps, name]);
    }
  }
  for (const [name, { nesting, forcesNew, block: inner }] of Object.entries(block.blocks)) {
    const [before, after] = [prior?.[name] ?? null, next?.[name] ?? null];
    const [older, newer] = [elementsOf(before), elementsOf(after)];
    if (isUnknown(after) || (forcesNew && older.length !== newer.length)) {
      found.push(...(forcesNew ? [[...steps, name]] : []));
    } else if (nesting === 'set') {
      // elements of sets have no address: one that is not on both sides has come or gone
      const changed = [...lacking(older, newer), ...lacking(newer, older)];
      found.push(
        ...(changed.some((element) => changes(inner, null, element, []).length > 0) ? [[...steps, name]] : []),
      );
    } else {
      for (let i = 0; i < Math.max(older.length, newer.length); i++) {
        // terraform wants a place that is there on both sides
        const place =
          i < older.length && i < newer.length ? [...steps, name, ...(nesting === 'list' ? [i] : [])] : undefined;
        const inside = changes(inner, older[i], newer[i], place ?? []);
        found.push(...(place || inside.length === 0 ? inside : [[...steps, name]]));
      }
    }
  }
  return found;
}

// "West Europe" and "westeurope" are one place
function isSame(before: Value, after: Value, name: string): boolean {
  const plain = (value: Value): Value =>
    name === 'location' && typeof value === 'string' ? value.toLowerCase().replace(/ /g, '') : value;
  return !isUnknown(after) && isDeepStrictEqual(plain(before), plain(after));
}

function elementsOf(value: Value): Value[] {
  return Array.isArray(value) ? value : isKnown(value) ? [value] : [];
}

function lacking(elements: Value[], others: Value[]): Value[] {
  return elements.filter((element) => !others.some((other) => isDeepStrictEqual(element, other)));
}

function isKnown(value: Value): boolean {
  return value !== null && value !== undefined && !isUnknown(value);
}

function isLess(before: string | number, after: string | number): boolean {
  return Number(after) < Number(before);
}
