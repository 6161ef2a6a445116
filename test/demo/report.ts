import * as fs from 'fs';
import * as path from 'path';
import { StackVerdict } from '../../src/testing/terraform';
import { familiesOf } from './families';
import { tableOf } from './table';

/** Said in the place of verdicts. */
export const NO_TERRAFORM =
  'terraform 1.11 or newer is not on the PATH: everything was synthesized, but no stack was judged.';

/** One row per stack, findings, and what to do next. */
export function reportOf(outdir: string, stacks: readonly string[], verdicts?: readonly StackVerdict[]): string {
  const rows = stacks.map((stack) => {
    const file = path.join(outdir, 'stacks', stack, 'cdk.tf.json');
    const verdict = verdicts?.find((candidate) => candidate.stack === stack);
    return [
      stack,
      verdict === undefined ? 'not judged' : verdict.accepted ? 'accepted' : 'REJECTED',
      verdict?.seconds.toFixed(1) ?? '',
      path.relative(process.cwd(), file),
      familiesOf(JSON.parse(fs.readFileSync(file, 'utf8'))),
    ];
  });
  return [
    tableOf([['stack', 'terraform', 'seconds', 'JSON', 'resources'], ...rows]),
    ...(verdicts ?? []).flatMap(findingsOf),
    verdicts === undefined ? NO_TERRAFORM : '',
    nextOf(path.relative(process.cwd(), outdir), stacks),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function findingsOf({ stack, findings }: StackVerdict): string[] {
  return findings.map(({ severity, phase, summary, detail, address, attribute, construct }) =>
    [
      `${stack}: ${severity} in ${phase}: ${summary}`,
      [address, attribute, construct && `(construct ${construct})`].filter(Boolean).join(' '),
      detail.trim(),
    ]
      .filter(Boolean)
      .join('\n  '),
  );
}

function nextOf(outdir: string, stacks: readonly string[]): string {
  const shown = stacks.find((stack) => stack.startsWith('quickstart-')) ?? stacks[0];
  if (shown === undefined) {
    return '';
  }
  const folder = (environment: string) => path.join(outdir, 'stacks', `${shown.replace(/-[^-]+$/, '')}-${environment}`);
  return [
    'Next:',
    `  diff ${folder('dev')}/cdk.tf.json ${folder('prod')}/cdk.tf.json`,
    '      shows what production gets that dev does not',
    `  terraform -chdir=${folder('dev')} init`,
    '      then plan, after az login and with ARM_SUBSCRIPTION_ID set, asks Azure',
    '  README.md says how to use the library in a repository of your own',
  ].join('\n');
}
