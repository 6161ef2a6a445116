import { IConstruct } from 'constructs';
import { IRehearsed, RecoveryDrill } from '../contracts/drill';
import { IRecoverable, RecoveryOccasion, RecoveryStep } from '../contracts/recovery';
import { Workload } from '../core/workload';
import { KINDS, orderOf, Service } from './kinds';
import { byPath, Part, partsOf } from './tree';

/** A construct that comes back, and how. */
export interface Component {
  readonly construct: IConstruct;
  readonly workload: Workload;
  /** Its place in the workload, e.g. `Database`. */
  readonly name: string;
  readonly service: Service;
  readonly steps: RecoveryStep[];
  readonly drills: RecoveryDrill[];
}

/**
 * What can be recovered in a workload, in the order in which it must come back: what others stand on first.
 */
export function componentsOf(workload: Workload): Component[] {
  const parts = partsOf(workload);
  const found = workload.node
    .findAll()
    .filter((x) => isRecoverable(x) || isRehearsed(x))
    .map((construct): Component => {
      const part = partOf(construct, parts);
      return {
        construct,
        workload,
        name: construct.node.path.slice(workload.node.path.length + 1),
        service: part?.service ?? { kind: KINDS.other, name: '' },
        steps: isRecoverable(construct) ? construct.toRecoverySteps() : [],
        drills: isRehearsed(construct) ? construct.toRecoveryDrills() : [],
      };
    })
    .filter(({ steps, drills }) => steps.length + drills.length > 0);
  return inOrder(found, workload);
}

/** Steps of a component for an occasion. */
export function stepsFor({ steps }: Component, occasion: RecoveryOccasion): RecoveryStep[] {
  return steps.filter((step) => step.occasion === occasion);
}

/** The step of some that is done first; of those that take as long, the one that loses less. */
export function quickest(steps: RecoveryStep[]): RecoveryStep | undefined {
  const loss = ({ dataLossMinutes = Infinity }: RecoveryStep) => dataLossMinutes;
  return [...steps].sort((a, b) => a.minutes - b.minutes || loss(a) - loss(b))[0];
}

/** By kind, and what something connects to before that which connects. */
function inOrder(components: Component[], { connections }: Workload): Component[] {
  const waiting = [...components].sort(
    (a, b) => orderOf(a.service.kind) - orderOf(b.service.kind) || byPath(a.construct, b.construct),
  );
  const isBelow = (x: IConstruct, { construct }: Component) => x.node.scopes.includes(construct);
  const needs = (one: Component, other: Component) =>
    one !== other && connections.some(({ client, target }) => isBelow(client, one) && isBelow(target, other));
  const done: Component[] = [];
  while (waiting.length > 0) {
    // where everybody waits for somebody else, the first of them goes first
    const next = waiting.find((one) => !waiting.some((other) => needs(one, other))) ?? waiting[0];
    waiting.splice(waiting.indexOf(next), 1);
    done.push(next);
  }
  return done;
}

function partOf({ node }: IConstruct, parts: Part[]): Part | undefined {
  return parts.find(({ construct }) => node.scopes.includes(construct));
}

function isRecoverable(x: IConstruct): x is IRecoverable {
  return typeof (x as { readonly toRecoverySteps?: unknown }).toRecoverySteps === 'function';
}

function isRehearsed(x: IConstruct): x is IRehearsed {
  return typeof (x as { readonly toRecoveryDrills?: unknown }).toRecoveryDrills === 'function';
}
