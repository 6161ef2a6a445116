import { ComplianceFinding } from './report';
import { IComplianceRule } from './rule';
import { ALL_RULES } from './rules';
import { outcomeOf } from './summary';

/** Checks that nobody should pass. */
export const NEVER_CHECKED: { [checkId: string]: string } = {
  CKV2_AZURE_20: 'asks for table logs of the classic kind, which need an account key',
  CKV2_AZURE_21:
    'asks for blob logs of the classic kind, which need an account key; diagnostic settings took their place',
  CKV_AZURE_33:
    'asks for queue logs of the classic kind, which azurerm 5 removes; diagnostic settings took their place',
  CKV_AZURE_88: 'asks every web app for a mounted file share, which needs an account key',
  CKV_AZURE_164: 'asks for content trust, which the service no longer has',
  CKV_AZURE_166: 'asks for quarantine, which blocks pulls until a scanner from elsewhere releases each image',
  CKV_AZURE_174: 'asks API Management to be private when it is made, which Azure refuses',
};

/**
 * A `.checkov.yaml` that leaves out the checks nobody should pass, those of exceptions, and those of packs not asked.
 */
export function checkovConfigOf(findings: ComplianceFinding[], rules: IComplianceRule[]): string {
  const reasons = new Map<string, string[]>();
  const add = (id: string, reason: string) => reasons.set(id, [...new Set([...(reasons.get(id) ?? []), reason])]);
  Object.entries(NEVER_CHECKED).forEach(([id, reason]) => add(id, reason));

  const asked = new Set(rules.flatMap(checkIdsOf));
  ALL_RULES.flatMap(checkIdsOf)
    .filter((id) => !asked.has(id))
    .forEach((id) => add(id, 'belongs to a pack that is not asked for here'));

  findings
    .filter((finding) => outcomeOf(finding) === 'acknowledged')
    .forEach(({ path, rule, reason }) =>
      checkIdsOf(rule).forEach((id) => add(id, `${rule.id} is acknowledged for ${path}: ${reason}`)),
    );

  const entries = [...reasons].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    '# Generated from acknowledged rules. Checkov has no exceptions for single resources of synthesized stacks, so each',
    '# holds for all of them here; the rules of azure-platform-constructs go on looking at the others.',
    'framework:',
    '  - terraform_json',
    'skip-check:',
    ...entries.flatMap(([id, texts]) => [...texts.map((text) => `  # ${onOneLine(text)}`), `  - ${id}`]),
    '',
  ].join('\n');
}

/** The checks of Checkov that ask for the same as a rule. */
export function checkIdsOf(rule: IComplianceRule): string[] {
  return rule.references.filter((reference) => /^CKV2?_/.test(reference));
}

/** A comment ends where its line does. */
function onOneLine(text: string): string {
  return text.replace(/[\s\u0085\u2028\u2029]+/g, ' ').replace(/[\u0000-\u001f\u007f]/g, '');
}
