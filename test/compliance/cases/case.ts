import { Verdict } from '../../../src/compliance/rule';
import { Attributes } from '../../../src/compliance/values';

/** What breaks a rule on a resource that keeps it. */
export interface Case {
  readonly rule: string;
  /** Values at dotted paths; `{pod}` stands for where the workload describes its pods. */
  readonly broken: Attributes;
  /** The verdict when these attributes are left out. */
  readonly unset: Verdict;
  /** The verdict when Terraform has yet to compute them. */
  readonly computed: Verdict;
  /** Attributes that differ from the resource that keeps every rule. */
  readonly given?: Attributes;
}

const VERDICTS = {
  C: Verdict.COMPLIANT,
  V: Verdict.VIOLATED,
  N: Verdict.NOT_APPLICABLE,
  U: Verdict.CANNOT_BE_CHECKED,
};

/** Rows of: rule, what breaks it, verdicts when that is left out and when it is computed, and what else is given. */
export type Row = [rule: string, broken: Attributes, verdicts: string, given?: Attributes];

/** Rows as cases; verdicts are two letters. */
export function casesOf(rows: Row[]): Case[] {
  return rows.map(([rule, broken, verdicts, given]) => {
    const [unset, computed] = [...verdicts].map((letter) => VERDICTS[letter as keyof typeof VERDICTS]);
    return { rule, broken, unset, computed, given };
  });
}
