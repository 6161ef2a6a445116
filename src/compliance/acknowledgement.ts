import { IConstruct } from 'constructs';

/**
 * Metadata of a construct, with `ruleId`, `reason` and maybe `until`.
 *
 * Constructs of this library, which import nothing from here, may write it for an exception that they cannot do without.
 */
const TYPE = 'azure-platform-constructs:acknowledged-rule';

/** An exception that somebody stands for. */
export interface Acknowledgement {
  /** Construct it was made on; it counts for everything below. */
  readonly scope: IConstruct;
  /** Id of the rule. */
  readonly ruleId: string;
  /** Why it is acceptable. */
  readonly reason: string;
  /** Last day on which it counts, if it ends. */
  readonly until?: string;
}

/** Keeps an acknowledgement with its construct. */
export function addAcknowledgement({ scope, ...data }: Acknowledgement): void {
  scope.node.addMetadata(TYPE, data);
}

/** The acknowledgements made on one construct. */
export function acknowledgementsOn(scope: IConstruct): Acknowledgement[] {
  return scope.node.metadata.filter(({ type }) => type === TYPE).map(({ data }) => ({ scope, ...data }));
}

/**
 * Looks acknowledgements up, the nearest first; each construct is read once.
 */
export class Acknowledgements {
  private readonly above = new Map<IConstruct, Acknowledgement[]>();

  /** The one that counts for a construct and a rule; one that has ended, if there is no other. */
  public find(construct: IConstruct, ruleId: string, today?: string): Acknowledgement | undefined {
    const found = this.for(construct).filter((one) => one.ruleId === ruleId);
    return found.find(({ until }) => !hasExpired(until, today)) ?? found[0];
  }

  private for(construct: IConstruct): Acknowledgement[] {
    let found = this.above.get(construct);
    if (!found) {
      const inherited = construct.node.scope ? this.for(construct.node.scope) : [];
      found = [...acknowledgementsOn(construct), ...inherited];
      this.above.set(construct, found);
    }
    return found;
  }
}

/** Whether an acknowledgement has ended; without a date of today, none has. */
export function hasExpired(until: string | undefined, today: string | undefined): boolean {
  return until !== undefined && today !== undefined && until < today;
}

/** Whether a text is a day of the calendar, as 2026-12-31. */
export function isDay(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return day !== undefined && !isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
