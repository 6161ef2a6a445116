import { TerraformResource } from 'cdktf';
import { IConstruct } from 'constructs';
import { addressOf } from '../core/protection';
import { resolvedIn } from '../core/validation';
import { Workload } from '../core/workload';
import { Kind, KINDS, orderOf } from './kinds';
import { byPath, Part, partsOf, workloadOf, workloadsIn } from './tree';

/** A box. */
export interface Box {
  /** Path of the construct: unique, and the same in every synthesis. */
  readonly path: string;
  readonly title: string;
  readonly subtitle: string;
  readonly kind: Kind;
  readonly existing: boolean;
}

/** A network, and what is in it. */
export interface Zone {
  readonly path: string;
  readonly title: string;
  readonly boxes: Box[];
}

/** An arrow from a client to what it connects to. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** Names by which the client knows its target, sorted. */
  readonly names: string[];
}

/** One workload in one environment. */
export interface Frame {
  readonly path: string;
  readonly title: string;
  readonly subtitle: string;
  readonly zones: Zone[];
  /** What is in no network. */
  readonly boxes: Box[];
  readonly arrows: Arrow[];
}

/** Kinds that are drawn only where something is connected to them: every app has an identity. */
const ONLY_CONNECTED: Kind[] = [KINDS.access];

/**
 * What is drawn of a scope: a frame for each workload.
 */
export function pictureOf(scope: IConstruct): Frame[] {
  return workloadsIn(scope).map(frameOf);
}

function frameOf(workload: Workload): Frame {
  const parts = partsOf(workload);
  const links = linksOf(workload, parts);
  const away = foreignersIn(links, parts);
  const connected = new Set(links.flatMap(({ from, to }) => [from.node.path, to.node.path]));
  const networks = parts.filter(({ service }) => service.kind === KINDS.network);
  const drawn = parts
    .filter((part) => !networks.includes(part))
    .filter(({ construct, service, existing }) => {
      const shy = existing || ONLY_CONNECTED.includes(service.kind);
      return !shy || connected.has(construct.node.path);
    });
  const homes = new Map(drawn.map(({ construct }) => [construct, homeOf(construct, networks)]));
  const inside = (network?: Part) =>
    [...drawn.filter(({ construct }) => homes.get(construct) === network).map((part) => boxOf(workload, part))].sort(
      (a, b) => orderOf(b.kind) - orderOf(a.kind) || (a.path < b.path ? -1 : 1),
    );
  return {
    path: workload.node.path,
    title: `${workload.name} · ${workload.environment.name}`,
    subtitle: workload.location,
    zones: networks
      .map((network) => zoneOf(workload, network, inside(network)))
      .filter((zone, i) => zone.boxes.length > 0 || !networks[i].existing),
    boxes: [...inside(undefined), ...away],
    arrows: arrowsOf(links),
  };
}

function boxOf(workload: IConstruct, { construct, service, existing }: Part): Box {
  return {
    path: construct.node.path,
    title: construct.node.path.slice(workload.node.path.length + 1).replace(/\//g, ' / '),
    subtitle: existing ? `${service.name}, existing` : service.name,
    kind: service.kind,
    existing,
  };
}

function zoneOf(workload: IConstruct, part: Part, boxes: Box[]): Zone {
  const { addressSpace } = part.construct as { readonly addressSpace?: unknown };
  const known = typeof addressSpace === 'string' && /^[0-9a-f.:]+\/\d+$/i.test(addressSpace);
  const box = boxOf(workload, part);
  return {
    path: box.path,
    title: [box.title, known ? addressSpace : part.existing ? 'existing network' : 'network'].join(' · '),
    boxes,
  };
}

interface Link {
  readonly name: string;
  readonly from: IConstruct;
  readonly to: IConstruct;
}

/** Connections, from and to what is drawn: a secret stands for its vault, a tenant for its account. */
function linksOf(workload: Workload, parts: Part[]): Link[] {
  const drawn = new Set(parts.map(({ construct }) => construct));
  const standIn = (construct: IConstruct) =>
    construct.node.scopes.reverse().find((x) => drawn.has(x)) ?? elsewhere(construct);
  return workload.connections
    .map(({ name, client, target }) => ({ name, from: standIn(client), to: standIn(target) }))
    .filter(({ from, to }) => from !== to);
}

/** What is drawn of another workload: the construct that its owner put there. */
function elsewhere(construct: IConstruct): IConstruct {
  const home = workloadOf(construct);
  const there = home ? partsOf(home).map((part) => part.construct) : [];
  return construct.node.scopes.find((x) => there.includes(x)) ?? construct;
}

/** Ends of connections that belong to another workload, and say so. */
function foreignersIn(links: Link[], parts: Part[]): Box[] {
  const own = new Set(parts.map(({ construct }) => construct));
  const others = [...new Set(links.flatMap(({ from, to }) => [from, to]))].filter((x) => !own.has(x)).sort(byPath);
  return others.map((construct) => {
    const home = workloadOf(construct);
    const part = home && partsOf(home).find((one) => one.construct === construct);
    return {
      path: construct.node.path,
      title: construct.node.id,
      subtitle: home ? `in ${home.name} · ${home.environment.name}` : 'elsewhere',
      kind: part?.service.kind ?? KINDS.other,
      existing: true,
    };
  });
}

/** One arrow for all connections of a pair. */
function arrowsOf(links: Link[]): Arrow[] {
  const byEnds = new Map<string, Arrow>();
  for (const { name, from, to } of links) {
    const key = `${from.node.path}\n${to.node.path}`;
    const names = [...new Set([...(byEnds.get(key)?.names ?? []), name])].sort();
    byEnds.set(key, { from: from.node.path, to: to.node.path, names });
  }
  return [...byEnds.keys()].sort().map((key) => byEnds.get(key) as Arrow);
}

/** The network that a construct has an endpoint in, or is injected into: the one whose subnets it refers to. */
function homeOf(construct: IConstruct, networks: Part[]): Part | undefined {
  if (networks.length === 0) {
    return undefined;
  }
  const text = construct.node
    .findAll()
    .filter((x): x is TerraformResource => TerraformResource.isTerraformResource(x))
    .map((x) => JSON.stringify(resolvedIn(x, x.toTerraform())))
    .join('\n');
  return networks.find((network) => subnetsOf(network).some((subnet) => text.includes(subnet)));
}

/** How others refer to the subnets of a network: by themselves, or by what they are tied to. */
function subnetsOf({ construct, existing }: Part): string[] {
  if (existing) {
    const { virtualNetworkId = '' } = construct as { readonly virtualNetworkId?: string };
    return [`${virtualNetworkId}/subnets/`];
  }
  return construct.node
    .findAll()
    .filter((x): x is TerraformResource => TerraformResource.isTerraformResource(x))
    .filter(({ terraformResourceType }) => terraformResourceType.startsWith('azurerm_subnet'))
    .map((subnet) => `${addressOf(subnet)}.`);
}
