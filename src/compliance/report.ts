import { checkovConfigOf } from './checkov-config';
import { htmlOf } from './html';
import { markdownOf } from './markdown';
import { IComplianceRule, Verdict } from './rule';
import { RulePack } from './rule-pack';
import { sarifOf } from './sarif';

/**
 * Options for a report.
 */
export interface ReportOptions {
  /**
   * Which rules to ask.
   *
   * @default - every pack of this library
   */
  readonly packs?: RulePack[];

  /**
   * Day to judge acknowledgements by, as `2026-12-31`; nothing here reads a clock.
   *
   * @default - no acknowledgement has ended
   */
  readonly today?: string;
}

/**
 * What one rule says about one resource.
 */
export interface ComplianceFinding {
  /** Path of the construct. */
  readonly path: string;
  /** Name of the stack. */
  readonly stack: string;
  /** Address of the resource in its stack. */
  readonly address: string;
  /** The rule. */
  readonly rule: IComplianceRule;
  /** What it says. */
  readonly verdict: Verdict;
  /**
   * Why a broken rule is acceptable.
   *
   * @default - nobody said so, or what was said has ended
   */
  readonly reason?: string;
}

/**
 * An exception, and whether it still has a purpose.
 */
export interface AcknowledgedRule {
  /** Id of the rule. */
  readonly ruleId: string;
  /** Path of the construct it was made on. */
  readonly path: string;
  /** Why it is acceptable. */
  readonly reason: string;
  /**
   * Last day on which it counts.
   *
   * @default - it has no end
   */
  readonly until?: string;
  /** Whether that day is over. */
  readonly expired: boolean;
  /** Whether something at or below the construct needs it. */
  readonly matched: boolean;
}

/**
 * What rules say about everything below a scope, at one moment.
 *
 * The same scope gives the same texts, byte by byte.
 */
export class ComplianceReport {
  /** @internal */
  public static _of(
    findings: ComplianceFinding[],
    acknowledgements: AcknowledgedRule[],
    rules: IComplianceRule[],
  ): ComplianceReport {
    return new ComplianceReport(findings, acknowledgements, rules);
  }

  private constructor(
    /** Every rule on every resource it looks at, by path and id. */
    public readonly findings: ComplianceFinding[],
    /** Every exception, by path and id. */
    public readonly acknowledgements: AcknowledgedRule[],
    private readonly rules: IComplianceRule[],
  ) {}

  /** Broken rules that nobody answers for. */
  public get violations(): ComplianceFinding[] {
    return this.findings.filter(({ verdict, reason }) => verdict === Verdict.VIOLATED && reason === undefined);
  }

  /** Exceptions that have ended. */
  public get expired(): AcknowledgedRule[] {
    return this.acknowledgements.filter(({ expired }) => expired);
  }

  /** Exceptions without a purpose. */
  public get unmatched(): AcknowledgedRule[] {
    return this.acknowledgements.filter(({ matched }) => !matched);
  }

  /** The report as data. */
  public toJson(): string {
    const findings = this.findings.map(({ rule, ...finding }) => ({ ...finding, ruleId: rule.id }));
    return `${JSON.stringify({ findings, acknowledgements: this.acknowledgements }, undefined, 2)}\n`;
  }

  /** The report for code scanning, in the format SARIF 2.1.0. */
  public toSarif(): string {
    return sarifOf(this.findings);
  }

  /** The report for reviews, in Markdown. */
  public toMarkdown(): string {
    return markdownOf(this);
  }

  /** The report for auditors: one page of HTML that needs nothing else. */
  public toHtml(): string {
    return htmlOf(this);
  }

  /**
   * The file `.checkov.yaml` for the Checkov scanner, with the exceptions of this report.
   *
   * Checkov knows no exceptions for single resources of synthesized stacks, so each holds for all of them there; the
   * rules of this library go on looking at the others.
   */
  public toCheckovConfig(): string {
    return checkovConfigOf(this.findings, this.rules);
  }
}
