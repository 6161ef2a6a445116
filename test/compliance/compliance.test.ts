import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { App, Aspects, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { Compliance } from '../../src/compliance/compliance';
import { ComplianceMode } from '../../src/compliance/compliance-mode';
import { IComplianceRule, RuleSeverity, Verdict } from '../../src/compliance/rule';
import { RulePack } from '../../src/compliance/rule-pack';
import { ALL_RULES } from '../../src/compliance/rules';
import { Attributes } from '../../src/compliance/values';
import { stackNamed } from '../support';
import { GOOD_AZURE } from './cases/good';
import { Raw, set } from './raw';

const ACCOUNT = 'azurerm_storage_account';
const KEYS = 'shared keys are off (STO-002); needs shared_access_key_enabled = false';

const STORAGE = {
  packs: [
    RulePack.of(
      'storage',
      ALL_RULES.filter(({ id }) => /^STO-00[123]$/.test(id)),
    ),
  ],
};

const synth = (scope: IConstruct) => Testing.synth(TerraformStack.of(scope), true);
const warningsOn = (construct: IConstruct) =>
  construct.node.metadata.filter(({ type }) => type.endsWith('warn')).map(({ data }) => data);

const account = (scope: Construct, id = 'Data', changes: Attributes = {}) =>
  new Raw(scope, id, ACCOUNT, { ...GOOD_AZURE.storage_account.attributes, ...changes });

describe('enforce', () => {
  test('lists every broken rule of every resource', () => {
    const stack = stackNamed();
    account(stack, 'Good');
    account(stack, 'Leaky', { shared_access_key_enabled: true, allow_nested_items_to_be_public: true });
    account(stack, 'Old', { min_tls_version: 'TLS1_0' });

    Compliance.of(stack).enforce(STORAGE);

    expect(() => synth(stack)).toThrow(
      [
        '[stack] stack/Leaky: anonymous access to blobs is off (STO-001); needs allow_nested_items_to_be_public = false',
        `[stack] stack/Leaky: ${KEYS}`,
        '[stack] stack/Old: clients need TLS 1.2 or later (STO-003); needs min_tls_version one of TLS1_2, TLS1_3',
      ].join('\n  '),
    );
  });

  test('sees provider classes, whatever their prop is called', () => {
    const stack = stackNamed();
    const raw = { name: 'raw', resourceGroupName: 'rg', location: 'westeurope', accountTier: 'Standard' };
    new StorageAccount(stack, 'Raw', { ...raw, accountReplicationType: 'LRS', sharedAccessKeyEnabled: true });

    Compliance.of(stack).enforce(STORAGE);

    expect(() => synth(stack)).toThrow(`stack/Raw: ${KEYS}`);
  });

  test.each<[string, (data: Raw, stack: TerraformStack) => void]>([
    ['an override', (data) => data.addOverride('shared_access_key_enabled', true)],
    [
      'an override of the stack',
      (data, stack) =>
        stack.addOverride(`resource.${ACCOUNT}.${data.friendlyUniqueId}.shared_access_key_enabled`, true),
    ],
    [
      'an aspect',
      (_, stack) =>
        Aspects.of(stack).add({
          visit: (node) => node instanceof Raw && node.addOverride('shared_access_key_enabled', true),
        }),
    ],
  ])('sees %s', (_, change) => {
    const stack = stackNamed();
    Compliance.of(stack).enforce(STORAGE);

    change(account(stack), stack);

    expect(() => synth(stack)).toThrow(`stack/Data: ${KEYS}`);
  });

  test('sees a resource that is written as an override of the stack', () => {
    const stack = stackNamed();
    stack.addOverride(
      `resource.${ACCOUNT}.hidden`,
      set(GOOD_AZURE.storage_account.attributes, 'shared_access_key_enabled', true),
    );

    Compliance.of(stack).enforce(STORAGE);

    expect(() => synth(stack)).toThrow(`stack: ${KEYS}`);
  });

  test('looks below its scope only', () => {
    const stack = stackNamed();
    account(stack, 'Outside', { shared_access_key_enabled: true });
    const inside = new Construct(stack, 'Inside');
    account(inside);

    Compliance.of(inside).enforce(STORAGE);

    expect(() => synth(stack)).not.toThrow();
  });

  test('names a broken rule once, however often it is enforced; the stricter mode counts', () => {
    const stack = stackNamed();
    account(stack, 'Data', { shared_access_key_enabled: true });
    Compliance.of(stack).enforce({ ...STORAGE, mode: ComplianceMode.WARN });
    Compliance.of(stack).enforce(STORAGE);
    Compliance.of(stack).enforce(STORAGE);

    expect(() => synth(stack)).toThrow(/^(?!.*STO-002[\s\S]*STO-002)[\s\S]*STO-002/);
  });

  test('warns only, when asked to', () => {
    const stack = stackNamed();
    const data = account(stack, 'Data', { shared_access_key_enabled: true });
    Compliance.of(stack).enforce({ ...STORAGE, mode: ComplianceMode.WARN });

    synth(stack);

    expect(warningsOn(data)).toEqual([KEYS]);
  });

  test('asks every pack but hardening when none is named', () => {
    const stack = stackNamed();
    account(stack, 'Data', {
      customer_managed_key: null,
      shared_access_key_enabled: true,
      account_replication_type: 'LRS',
    });
    Compliance.of(stack).enforce();

    expect(() => synth(stack)).toThrow(/^(?![\s\S]*STO-016)[\s\S]*STO-002[\s\S]*STO-014/);
  });

  test('holds for stacks of an app, those to come included', () => {
    const app = new App({ outdir: Testing.app().outdir });
    account(stackIn(app, 'early'), 'Data', { shared_access_key_enabled: true });
    Compliance.of(app).enforce(STORAGE);

    expect(() => app.synth()).toThrow(`early/Data: ${KEYS}`);

    const other = Testing.app();
    Compliance.of(other).enforce(STORAGE);
    account(stackIn(other, 'late'), 'Data', { shared_access_key_enabled: true });

    expect(() => other.synth()).toThrow(`late/Data: ${KEYS}`);
  });

  test('takes rules of yours, which see the neighbours of a resource', () => {
    const stack = stackNamed();
    const rule: IComplianceRule = {
      id: 'ACME-1',
      resourceTypes: [ACCOUNT],
      requirement: 'the account is alone and unused',
      remedy: 'remove the others',
      severity: RuleSeverity.AWARENESS,
      references: ['handbook 7'],
      judge: ({ type, inStack, referredToBy }) =>
        inStack(type).length === 1 && referredToBy('null_resource').length === 0 ? Verdict.COMPLIANT : Verdict.VIOLATED,
    };
    const data = account(stack);
    new Raw(stack, 'User', 'null_resource', { triggers: { account: `x-\${${data.fqn}.name}` } });

    Compliance.of(stack).enforce({ packs: [RulePack.of('acme', [rule])] });

    expect(() => synth(stack)).toThrow('stack/Data: the account is alone and unused (ACME-1); remove the others');
  });

  test('refuses two rules of one id', () => {
    const [rule] = RulePack.SECURITY.rules;
    const packs = [RulePack.SECURITY, RulePack.of('acme', [{ ...rule, judge: () => Verdict.COMPLIANT }])];

    expect(() => Compliance.of(stackNamed()).enforce({ packs })).toThrow(
      "stack: ids of rules must be unique, got 'WEB-001' twice",
    );
  });
});

describe('what Terraform has yet to compute', () => {
  test('is one warning per resource, also when synthesized twice', () => {
    const stack = stackNamed();
    const keys = new TerraformVariable(stack, 'Keys', { type: 'bool' });
    const data = account(stack, 'Data', { shared_access_key_enabled: keys.value, min_tls_version: '${var.tls}' });
    Compliance.of(stack).enforce(STORAGE);

    synth(stack);
    synth(stack);

    expect(warningsOn(data)).toEqual(['cannot be checked before apply: STO-002, STO-003']);
  });

  test('includes dynamic blocks, and not escaped dollars', () => {
    const stack = stackNamed();
    const { share_properties: _, ...attributes } = GOOD_AZURE.storage_account.attributes;
    const dynamic = { share_properties: { for_each: '${var.shares}', content: {} } };
    new Raw(stack, 'Data', ACCOUNT, { ...attributes, min_tls_version: '$${TLS}', dynamic });

    const { findings } = Compliance.of(stack).report();

    const verdictOf = (id: string) => findings.find(({ rule }) => rule.id === id)?.verdict;
    expect(verdictOf('STO-026')).toBe(Verdict.CANNOT_BE_CHECKED);
    expect(verdictOf('STO-003')).toBe(Verdict.VIOLATED);
  });
});

describe('acknowledge', () => {
  test('holds for a construct and everything below', () => {
    const stack = stackNamed();
    const importer = new Construct(stack, 'Importer');
    account(importer, 'Data', { shared_access_key_enabled: true });
    account(stack, 'Other', { shared_access_key_enabled: true });
    Compliance.of(stack).enforce(STORAGE);

    Compliance.of(importer).acknowledge('STO-002', 'the old importer has no identity');

    expect(() => synth(stack)).toThrow(/^(?!.*Importer)[\s\S]*stack\/Other: shared keys are off/);
  });

  test('silences what cannot be checked', () => {
    const stack = stackNamed();
    const data = account(stack, 'Data', { shared_access_key_enabled: '${var.keys}' });
    Compliance.of(stack).enforce(STORAGE);

    Compliance.of(data).acknowledge('STO-002', 'decided by the caller', '2020-01-01');
    synth(stack);

    expect(warningsOn(data)).toEqual([]);
  });

  test('takes what a construct says about itself', () => {
    const stack = stackNamed();
    const data = account(stack, 'Data', { shared_access_key_enabled: true });
    Compliance.of(stack).enforce(STORAGE);

    data.node.addMetadata('azure-platform-constructs:acknowledged-rule', {
      ruleId: 'STO-002',
      reason: 'as documented',
    });

    expect(() => synth(stack)).not.toThrow();
  });

  test('warns of what matches nothing, and never fails', () => {
    const stack = stackNamed();
    const data = account(stack);
    Compliance.of(stack).enforce(STORAGE);

    Compliance.of(data).acknowledge('STO-002', 'the old importer has no identity');
    Compliance.of(data).acknowledge('STO-999', 'no such rule');
    Compliance.of(data).acknowledge('STO-014', 'not asked for here');
    synth(stack);

    expect(warningsOn(data)).toEqual([
      "'STO-002' is acknowledged, but nothing here breaks it",
      "'STO-999' is acknowledged, but no rule has that id",
    ]);
  });

  test('says what is wrong with an exception, all at once', () => {
    const stack = stackNamed();
    Compliance.of(stack).acknowledge('STO-002', 'the old importer has no identity');

    expect(() => Compliance.of(stack).acknowledge('STO-002', ' ', '2026-02-30')).toThrow(
      "stack: 'reason' must say why 'STO-002' may be broken, got \" \"; " +
        "'until' must be a day such as 2026-12-31, got \"2026-02-30\"; 'STO-002' is acknowledged here already; say it once",
    );
  });
});

function stackIn(app: App, name: string): TerraformStack {
  const stack = new TerraformStack(app, name);
  new Raw(stack, 'Other', 'null_resource', {});
  return stack;
}
