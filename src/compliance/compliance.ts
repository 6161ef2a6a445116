import { IConstruct } from 'constructs';
import { acknowledgementsOn, addAcknowledgement, isDay } from './acknowledgement';
import { stacksOf } from './audit';
import { ComplianceMode } from './compliance-mode';
import { assign, violationsOf } from './enforcement';
import { ComplianceReport, ReportOptions } from './report';
import { reportOn } from './report-builder';
import { IComplianceRule } from './rule';
import { RulePack } from './rule-pack';

/**
 * Options for enforcing rules.
 */
export interface EnforceOptions {
  /**
   * Which rules to enforce.
   *
   * What nobody relies on breaks rules of reliability and operations by design. Left as they are, the constructs keep the
   * rules of every pack but hardening in prod, those of security and operations in staging and preprod, and those of
   * security in dev and test; a workload is watched by an `ObservabilityStack` then.
   *
   * @default - every pack but `RulePack.HARDENING`: what prod is to keep
   */
  readonly packs?: RulePack[];

  /**
   * What happens to a broken rule.
   *
   * @default ComplianceMode.ERROR
   */
  readonly mode?: ComplianceMode;
}

const DEFAULT_PACKS = [RulePack.SECURITY, RulePack.RELIABILITY, RulePack.OPERATIONS];

/**
 * Judges what a scope renders to, and keeps the exceptions.
 *
 * Rules see every resource below the scope as Terraform will read it, after aspects, overrides and plain resources
 * included, so nothing slips past them. Values that Terraform has yet to compute cannot be checked: the resource gets
 * one warning that names the rules.
 */
export class Compliance {
  /**
   * The compliance of a scope and everything below it.
   *
   * @param scope An app, a stack, a workload or a single construct.
   */
  public static of(scope: IConstruct): Compliance {
    return new Compliance(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Fails synthesis when a resource below this scope breaks a rule; the message lists all of them.
   */
  public enforce(options: EnforceOptions = {}): void {
    const rules = rulesOf(this.scope, options.packs ?? DEFAULT_PACKS);
    const enforcement = { scope: this.scope, rules, mode: options.mode ?? ComplianceMode.ERROR };
    const stacks = stacksOf(this.scope);
    stacks.forEach((stack) => assign(stack, enforcement));
    if (!stacks.some((stack) => this.scope.node.scopes.includes(stack))) {
      // Stacks that join later have no part in what was assigned above; an app validates after its stacks
      const late = () => stacksOf(this.scope).filter((stack) => !stacks.includes(stack));
      this.scope.node.addValidation({
        validate: () => late().flatMap((stack) => violationsOf(stack, [enforcement])),
      });
    }
  }

  /**
   * Accepts that resources at or below this scope break a rule, or cannot be checked.
   *
   * What matches nothing gets a warning at synthesis. Synthesis reads no clock, so it is the report that says what has
   * ended.
   *
   * @param ruleId Id of the rule, e.g. `STO-001`.
   * @param reason Why that is acceptable; is shown in every report.
   * @param until Last day on which it counts, as `2026-12-31`.
   */
  public acknowledge(ruleId: string, reason: string, until?: string): void {
    const problems = [
      !/\S/.test(reason) && `'reason' must say why '${ruleId}' may be broken, got ${JSON.stringify(reason)}`,
      until !== undefined && !isDay(until) && `'until' must be a day such as 2026-12-31, got ${JSON.stringify(until)}`,
      acknowledgementsOn(this.scope).some((one) => one.ruleId === ruleId) &&
        `'${ruleId}' is acknowledged here already; say it once`,
    ].filter(Boolean);
    if (problems.length > 0) {
      throw new Error(`${this.scope.node.path}: ${problems.join('; ')}`);
    }
    addAcknowledgement({ scope: this.scope, ruleId, reason, ...(until !== undefined && { until }) });
  }

  /**
   * What the rules say about everything below this scope, at this moment.
   *
   * Call it after `app.synth()`, so that aspects have run.
   */
  public report(options: ReportOptions = {}): ComplianceReport {
    return reportOn(this.scope, rulesOf(this.scope, options.packs ?? RulePack.all()), options.today);
  }
}

function rulesOf(scope: IConstruct, packs: RulePack[]): IComplianceRule[] {
  const rules = [...new Set(packs.flatMap((pack) => pack.rules))];
  const ids = rules.map(({ id }) => id);
  const twice = [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
  if (twice.length > 0) {
    throw new Error(`${scope.node.path}: ids of rules must be unique, got '${twice.join("', '")}' twice`);
  }
  return rules;
}
