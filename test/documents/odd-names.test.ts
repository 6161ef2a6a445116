import { TerraformVariable } from 'cdktf';
import { RecoveryOccasion, RecoveryStep } from '../../src/contracts/recovery';
import { Environment } from '../../src/core/environment';
import { Workload } from '../../src/core/workload';
import { Diagram } from '../../src/documents/diagram';
import { Runbook } from '../../src/documents/runbook';
import { workloadIn } from '../support';
import { Part } from './parts';

// What random names found

const contact = (reach: string) => ({ contacts: [{ name: 'On call', role: 'leads', reach }] });

const lineWith = (text: string, word: string) => text.split('\n').find((line) => line.includes(word));

/** A workload with something that is brought back by a step. */
function recoverableIn(step: Partial<RecoveryStep>): Workload {
  const workload = workloadIn(Environment.DEV);
  const steps = [
    { key: 'Go', occasion: RecoveryOccasion.RESTORE, summary: 'Goes', commands: ['az go'], minutes: 1, ...step },
  ];
  Object.assign(new Part(workload, 'Vault', 'azurerm_key_vault'), { toRecoverySteps: () => steps });
  return workload;
}

describe('runbooks', () => {
  test('keep words in their cell, and code in its backticks', () => {
    const workload = workloadIn(Environment.DEV);
    const rowOf = (reach: string) => lineWith(Runbook.of(workload, contact(reach)).toMarkdown(), 'On call');

    expect(rowOf('a\r\n b')).toBe('| On call | leads | a b |');
    expect(rowOf('``` <script>')).toBe('| On call | leads | \\`\\`\\` \\<script\\> |');
    expect(rowOf('`a <b>` &amp; c & d')).toBe('| On call | leads | `a <b>` \\&amp; c & d |');
  });

  test.each([
    ['# not a chapter', '\\# not a chapter. Takes about 1 min.'],
    ['1. not a list', '1\\. not a list. Takes about 1 min.'],
    ['- nor this', '\\- nor this. Takes about 1 min.'],
    ['| nor a table', '\\| nor a table. Takes about 1 min.'],
  ])('do not begin something else with %s', (summary, line) => {
    expect(lineWith(Runbook.of(recoverableIn({ summary })).toMarkdown(), 'Takes about')).toBe(line);
  });

  test('end code where it ends', () => {
    const markdown = Runbook.of(recoverableIn({ commands: ['cat <<END', '```', 'END'] })).toMarkdown();

    expect(markdown).toContain('````bash\ncat <<END\n```\nEND\n````\n');
  });
});

describe('pictures', () => {
  test('hold only what XML can hold', () => {
    const workload = workloadIn(Environment.DEV);
    new Part(workload, 'a\u0001b\ud800', 'azurerm_key_vault');

    expect(Diagram.of(workload, { title: '\u0000 🚀' }).toSvg()).toContain('<title>\ufffd 🚀</title>');
    expect(Diagram.of(workload).toSvg()).toContain('>a\ufffdb\ufffd</text>');
  });

  test('show names in Mermaid as they are', () => {
    const workload = workloadIn(Environment.DEV);
    new Part(workload, '<b> & "c" #1', 'azurerm_key_vault');

    expect(lineWith(Diagram.of(workload).toMermaid(), 'Key Vault')).toContain(
      '["#lt;b#gt; #amp; #quot;c#quot; #35;1<br/>Key Vault"]',
    );
  });
});

test('words and numbers that Terraform has yet to compute are refused', () => {
  const workload = workloadIn(Environment.DEV);
  const { stringValue } = new TerraformVariable(workload, 'Words', { type: 'string' });
  const { numberValue } = new TerraformVariable(workload, 'Minutes', { type: 'number' });
  const problem = (prop: string) =>
    `'${prop}' must be a literal, because a document is written before Terraform knows anything, got a value that Terraform has yet to compute`;

  expect(() => Diagram.of(workload, { title: stringValue })).toThrow(new Error(`stack/Billing: ${problem('title')}`));
  expect(() => Runbook.of(workload, { ...contact(stringValue), title: stringValue, rtoMinutes: numberValue })).toThrow(
    new Error(
      `stack/Billing: ${problem('title')}; ${problem('contacts[0].reach')}; 'rtoMinutes' must be a whole number of minutes from 0 to 525600, got a value that Terraform has yet to compute`,
    ),
  );
});
