import { TerraformElement, TerraformResource } from 'cdktf';
import { IConstruct } from 'constructs';
import { Workload } from '../core/workload';
import { serviceOfId, serviceOfType, Service } from './kinds';

/** A construct that its owner put there, with all that it is made of folded into it. */
export interface Part {
  readonly construct: IConstruct;
  readonly service: Service;
  /** Whether it is only referred to here. */
  readonly existing: boolean;
}

const WORKLOAD = Symbol.for('azure-platform-constructs.Workload');

/**
 * The workloads at or below a scope, in the order of their paths.
 */
export function workloadsIn(scope: IConstruct): Workload[] {
  return scope.node
    .findAll()
    .filter((x): x is Workload => WORKLOAD in x)
    .sort(byPath);
}

/**
 * The workload that a construct belongs to, if it belongs to one.
 */
export function workloadOf(construct: IConstruct): Workload | undefined {
  return construct.node.scopes.reverse().find((x): x is Workload => WORKLOAD in x);
}

/**
 * What the owner of a workload put into it, in the order of their paths.
 *
 * Constructs of this library are recognised by their escape hatch, not by their class: there may be two copies of it.
 * Those that only group others are looked through; plain resources are left out, for they have no story to tell.
 */
export function partsOf(workload: IConstruct): Part[] {
  return workload.node.children.flatMap(partsAt).sort((a, b) => byPath(a.construct, b.construct));
}

export function byPath(a: IConstruct, b: IConstruct): number {
  return a.node.path < b.node.path ? -1 : Number(a.node.path > b.node.path);
}

function partsAt(construct: IConstruct): Part[] {
  if (TerraformElement.isTerraformElement(construct) || WORKLOAD in construct) {
    return [];
  }
  const resources = resourcesOf(construct);
  if (resources !== undefined) {
    const main = mainOf(construct, resources);
    return main ? [{ construct, service: serviceOfType(main.terraformResourceType), existing: false }] : [];
  }
  const resourceId = resourceIdOf(construct);
  return resourceId === undefined
    ? construct.node.children.flatMap(partsAt)
    : [{ construct, service: serviceOfId(resourceId), existing: true }];
}

function resourcesOf(construct: IConstruct): object | undefined {
  const { resources } = construct as { readonly resources?: unknown };
  return typeof resources === 'object' && resources !== null ? resources : undefined;
}

/** The resource that a construct is about: its main one, or else the first that it shows. */
function mainOf({ node }: IConstruct, resources: object): TerraformResource | undefined {
  const main = node.tryFindChild('Resource');
  return [main, ...Object.values(resources)].find((x): x is TerraformResource =>
    TerraformResource.isTerraformResource(x),
  );
}

/** What stands for something that is defined elsewhere knows its id in Azure, and defines nothing. */
function resourceIdOf(construct: IConstruct): string | undefined {
  return Object.values(construct).find(
    (value): value is string => typeof value === 'string' && /^\/subscriptions\/[^/]+\/.*\/providers\//i.test(value),
  );
}
