import { TerraformStack, Testing } from 'cdktf';
import { parse } from 'yaml';
import { NEVER_CHECKED } from '../../src/compliance/checkov-config';
import { Compliance } from '../../src/compliance/compliance';
import { ComplianceReport, ReportOptions } from '../../src/compliance/report';
import { RulePack } from '../../src/compliance/rule-pack';
import { ALL_RULES } from '../../src/compliance/rules';
import { GOOD_AZURE } from './cases/good';
import { Raw } from './raw';
import { problemsInSarif } from './sarif-problems';

const NASTY = 'legacy <b>"importer"</b> | until & after\n- CKV_AZURE_1 # `x`';

const THREE = {
  packs: [
    RulePack.of(
      'three',
      ALL_RULES.filter(({ id }) => /^STO-00[1237]$/.test(id)),
    ),
  ],
};

function reportOf(options: ReportOptions = THREE): ComplianceReport {
  const stack = new TerraformStack(Testing.app(), 'billing');
  const { network_rules: _, ...attributes } = GOOD_AZURE.storage_account.attributes;
  new Raw(stack, 'Leaky', 'azurerm_storage_account', { ...attributes, allow_nested_items_to_be_public: true });
  const data = new Raw(stack, 'Data', 'azurerm_storage_account', {
    ...attributes,
    shared_access_key_enabled: true,
    min_tls_version: '${var.tls}',
  });
  Compliance.of(data).acknowledge('STO-002', NASTY, '2026-06-30');
  Compliance.of(stack).acknowledge('STO-011', 'names are given');
  return Compliance.of(stack).report(options);
}

describe('as data', () => {
  test('says what each rule says, and why an exception exists', () => {
    expect(JSON.parse(reportOf().toJson())).toEqual({
      findings: [
        finding('billing/Data', 'STO-001', 'compliant'),
        { ...finding('billing/Data', 'STO-002', 'violated'), reason: NASTY },
        finding('billing/Data', 'STO-003', 'cannot be checked'),
        finding('billing/Data', 'STO-007', 'not applicable'),
        finding('billing/Leaky', 'STO-001', 'violated'),
        finding('billing/Leaky', 'STO-002', 'compliant'),
        finding('billing/Leaky', 'STO-003', 'compliant'),
        finding('billing/Leaky', 'STO-007', 'not applicable'),
      ],
      acknowledgements: [
        { ruleId: 'STO-011', path: 'billing', reason: 'names are given', expired: false, matched: false },
        { ruleId: 'STO-002', path: 'billing/Data', reason: NASTY, until: '2026-06-30', expired: false, matched: true },
      ],
    });
  });

  test.each([
    [undefined, ['STO-001'], []],
    ['2026-06-30', ['STO-001'], []],
    ['2026-07-01', ['STO-002', 'STO-001'], ['STO-002']],
  ])('on %s, %j is broken, and %j has ended', (today, broken, ended) => {
    const report = reportOf({ ...THREE, today });

    expect(report.violations.map(({ rule }) => rule.id)).toEqual(broken);
    expect(report.expired.map(({ ruleId }) => ruleId)).toEqual(ended);
    expect(report.unmatched.map(({ ruleId }) => ruleId)).toEqual(['STO-011']);
  });

  test('falls back on an exception above, when the nearest one has ended', () => {
    const stack = new TerraformStack(Testing.app(), 'billing');
    const data = new Raw(stack, 'Data', 'azurerm_storage_account', { shared_access_key_enabled: true });
    Compliance.of(stack).acknowledge('STO-002', 'the old importer');
    Compliance.of(data).acknowledge('STO-002', 'until it moves', '2026-06-30');

    const reasonOn = (today: string) =>
      Compliance.of(stack)
        .report({ ...THREE, today })
        .findings.find(({ rule }) => rule.id === 'STO-002')?.reason;
    expect([reasonOn('2026-06-30'), reasonOn('2026-07-01')]).toEqual(['until it moves', 'the old importer']);
  });

  test('refuses what is no day', () => {
    expect(() => reportOf({ today: 'tomorrow' })).toThrow(
      'billing: \'today\' must be a day such as 2026-12-31, got "tomorrow"',
    );
  });

  test('covers all stacks of an app, or one construct', () => {
    const app = Testing.app();
    const stacks = ['a', 'b'].map((name) => new TerraformStack(app, name));
    const resources = stacks.map((stack) => new Raw(stack, 'Data', 'azurerm_storage_account', {}));

    const pathsIn = (report: ComplianceReport) => [...new Set(report.findings.map(({ path }) => path))];
    expect(pathsIn(Compliance.of(app).report())).toEqual(['a/Data', 'b/Data']);
    expect(pathsIn(Compliance.of(resources[1]).report())).toEqual(['b/Data']);
  });
});

describe('as text', () => {
  test('is the same each time, byte by byte', () => {
    const texts = () => {
      const report = reportOf();
      return [report.toJson(), report.toSarif(), report.toMarkdown(), report.toHtml(), report.toCheckovConfig()];
    };

    expect(texts()).toEqual(texts());
  });

  test('SARIF is valid, and suppresses exceptions with their reason', () => {
    const sarif = JSON.parse(reportOf().toSarif());

    expect(problemsInSarif(sarif)).toEqual([]);
    const results: any[] = sarif.runs[0].results;
    expect(results.map(({ ruleId, kind, level, suppressions }) => [ruleId, kind, level, suppressions])).toEqual([
      ['STO-002', 'fail', 'error', [{ kind: 'external', status: 'accepted', justification: NASTY }]],
      ['STO-003', 'open', 'none', undefined],
      ['STO-001', 'fail', 'error', undefined],
    ]);
    expect(results[2].locations[0].physicalLocation.artifactLocation.uri).toBe('cdktf.out/stacks/billing/cdk.tf.json');
  });

  test('Markdown has the worst first, and escapes what people wrote', () => {
    const text = reportOf().toMarkdown();

    expect(text).toContain('| violated | 1 |\n| acknowledged | 1 |\n| cannot be checked | 1 |\n| compliant | 3 |');
    expect(text).toContain(
      '| acknowledged | STO-002 | Critical | shared keys are off | ' +
        'legacy \\<b\\>"importer"\\</b\\> \\| until &amp; after - CKV\\_AZURE\\_1 \\# \\`x\\` |',
    );
    expect(text).toContain('| STO-011 | billing |  | matches nothing | names are given |');
  });

  test('HTML loads nothing, and escapes what people wrote', () => {
    const html = reportOf().toHtml();

    expect(html).not.toMatch(/<script|<link|src=|href=|<b>/);
    expect(html).toContain('legacy &lt;b&gt;&quot;importer&quot;&lt;/b&gt; | until &amp; after');
    expect(html).toContain('<td class="violated">violated</td>');
  });

  test('Checkov leaves out exceptions, what nobody should pass, and packs that are not asked', () => {
    const config = reportOf().toCheckovConfig();
    const { 'skip-check': skipped, framework } = parse(config);

    expect(framework).toEqual(['terraform_json']);
    expect(skipped).toEqual(expect.arrayContaining([...Object.keys(NEVER_CHECKED), 'CKV2_AZURE_40', 'CKV_AZURE_206']));
    expect(skipped).not.toContain('CKV_AZURE_1');
    expect(skipped).not.toContain('CKV_AZURE_190');
    expect(config).toContain(
      '  # STO-002 is acknowledged for billing/Data: legacy <b>"importer"</b> | until & after - CKV_AZURE_1 # `x`\n  - CKV2_AZURE_40\n',
    );
  });

  test('Checkov leaves out nothing else when everything is asked and nothing acknowledged', () => {
    const report = Compliance.of(new TerraformStack(Testing.app(), 'empty')).report();

    expect(parse(report.toCheckovConfig())['skip-check'].sort()).toEqual(Object.keys(NEVER_CHECKED).sort());
  });
});

function finding(path: string, ruleId: string, verdict: string): object {
  return { path, stack: 'billing', address: expect.stringMatching(/^azurerm_storage_account\./), verdict, ruleId };
}
