import { Check } from './checks';
import { IComplianceRule, RuleSeverity } from './rule';

/** Which concern a rule serves, and so which pack it is in. */
export type Concern = 'security' | 'hardening' | 'reliability' | 'operations';

/** A rule of this library. */
export interface OwnRule extends IComplianceRule {
  /** Which pack it is in. */
  readonly concern: Concern;
  /** Attributes it looks at, in Terraform's spelling. */
  readonly paths: string[];
  /** Types of other resources that it looks at. */
  readonly neighbours: string[];
  /** What it asks for, in attributes. */
  readonly condition: string;
}

/**
 * One row of a table of rules.
 *
 * @param id Stable for ever.
 * @param types Terraform types.
 * @param severity How much it matters.
 * @param requirement A sentence that must hold.
 * @param check The same, executable.
 * @param references Sources, separated by `; `.
 */
export type Row = (
  id: string,
  types: string[],
  severity: RuleSeverity,
  requirement: string,
  check: Check,
  references: string,
) => OwnRule;

/** A rule that must hold wherever the resource runs. */
export const security: Row = rowOf('security');

/** A rule for regulated workloads, beyond what every workload needs. */
export const hardening: Row = rowOf('hardening');

/** A rule for what has to survive a failure; environments that do not, leave the pack out. */
export const reliability: Row = rowOf('reliability');

/** A rule for what has to be operated and paid for. */
export const operations: Row = rowOf('operations');

/** Azure's types, by their names without the prefix. */
export function azure(...names: string[]): string[] {
  return names.map((name) => `azurerm_${name}`);
}

function rowOf(concern: Concern): Row {
  return (id, resourceTypes, severity, requirement, check, references) => ({
    id,
    resourceTypes,
    requirement,
    severity,
    concern,
    condition: check.wanted,
    remedy: `needs ${check.wanted}`,
    references: references.split('; '),
    paths: check.paths,
    neighbours: check.neighbours,
    judge: (resource) => check.judge(resource),
  });
}
