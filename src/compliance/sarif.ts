import { ComplianceFinding } from './report';
import { IComplianceRule, RuleSeverity, Verdict } from './rule';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const PROJECT = 'https://github.com/azure-platform-constructs/azure-platform-constructs';

const LEVEL = {
  [RuleSeverity.CRITICAL]: 'error',
  [RuleSeverity.IMPORTANT]: 'warning',
  [RuleSeverity.AWARENESS]: 'note',
};

/** What code scanning sorts by: 7 and more is high, 4 and more medium. */
const SCORE = { [RuleSeverity.CRITICAL]: '8.0', [RuleSeverity.IMPORTANT]: '5.0', [RuleSeverity.AWARENESS]: '2.0' };

/**
 * Broken rules as SARIF 2.1.0, and those that cannot be checked; exceptions are suppressions with their reason.
 */
export function sarifOf(findings: ComplianceFinding[]): string {
  const open = findings.filter(({ verdict }) => verdict === Verdict.VIOLATED || verdict === Verdict.CANNOT_BE_CHECKED);
  const rules = [...new Set(open.map(({ rule }) => rule))].sort((a, b) => (a.id < b.id ? -1 : 1));
  const driver = { name: 'azure-platform-constructs', informationUri: PROJECT, rules: rules.map(descriptorOf) };
  const results = open.map((finding) => resultOf(finding, rules.indexOf(finding.rule)));
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function descriptorOf(rule: IComplianceRule): object {
  return {
    id: rule.id,
    shortDescription: { text: rule.requirement },
    help: { text: `${rule.remedy} (${rule.references.join(', ')})` },
    defaultConfiguration: { level: LEVEL[rule.severity] },
    properties: { 'security-severity': SCORE[rule.severity], tags: rule.references },
  };
}

function resultOf({ path, stack, address, rule, verdict, reason }: ComplianceFinding, ruleIndex: number): object {
  const isBroken = verdict === Verdict.VIOLATED;
  return {
    ruleId: rule.id,
    ruleIndex,
    kind: isBroken ? 'fail' : 'open',
    level: isBroken ? LEVEL[rule.severity] : 'none',
    message: { text: `${path}: ${isBroken ? '' : 'cannot be checked: '}${rule.requirement}; ${rule.remedy}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: `cdktf.out/stacks/${encodeURIComponent(stack)}/cdk.tf.json` } },
        logicalLocations: [
          { fullyQualifiedName: path, kind: 'module' },
          { fullyQualifiedName: address, kind: 'resource' },
        ],
      },
    ],
    partialFingerprints: { 'ruleAndAddress/v1': `${rule.id} ${stack} ${address}` },
    ...(reason !== undefined && { suppressions: [{ kind: 'external', status: 'accepted', justification: reason }] }),
  };
}
