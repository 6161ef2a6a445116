import { Testing } from 'cdktf';
import { Compliance } from '../../src/compliance/compliance';
import { IComplianceRule, RuleSeverity, Verdict } from '../../src/compliance/rule';
import { RulePack } from '../../src/compliance/rule-pack';
import { stackNamed } from '../support';
import { Raw } from './raw';

function stackJudgedBy(judge: () => Verdict) {
  const rule: IComplianceRule = {
    id: 'MY-001',
    resourceTypes: ['azurerm_storage_account'],
    requirement: 'it is ours',
    remedy: 'needs to be ours',
    severity: RuleSeverity.IMPORTANT,
    references: [],
    judge,
  };
  const stack = stackNamed();
  new Raw(stack, 'Data', 'azurerm_storage_account', {});
  Compliance.of(stack).enforce({ packs: [RulePack.of('mine', [rule])] });
  return stack;
}

describe('fails where a rule of one of its users', () => {
  test.each([
    ['nothing', undefined],
    ['true', true],
    ['"ok"', 'ok'],
  ])('answers with %s, which is no verdict', (words, answer) => {
    const stack = stackJudgedBy(() => answer as Verdict);

    expect(() => Testing.synth(stack, true)).toThrow(
      new Error(`stack/Data: the rule MY-001 must answer with a Verdict, got ${words}`),
    );
  });

  test('throws: the rule and the resource are named, and the error is kept', () => {
    const boom = new Error('boom');
    const stack = stackJudgedBy(() => {
      throw boom;
    });

    expect(() => Testing.synth(stack, true)).toThrow(
      expect.objectContaining({ message: 'stack/Data: the rule MY-001 failed: boom', cause: boom }),
    );
  });

  test('throws what is no error', () => {
    const stack = stackJudgedBy(() => {
      throw 'boom';
    });

    expect(() => Testing.synth(stack, true)).toThrow(
      expect.objectContaining({ message: 'stack/Data: the rule MY-001 failed: "boom"', cause: 'boom' }),
    );
  });
});
