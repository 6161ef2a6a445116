import { Construct } from 'constructs';
import { IRehearsed, RecoveryDrill } from '../../src/contracts/drill';
import { IRecoverable, RecoveryOccasion, RecoveryStep } from '../../src/contracts/recovery';
import { Part } from './parts';

/** Knows how it comes back. */
export class Recoverable extends Part implements IRecoverable, IRehearsed {
  constructor(
    scope: Construct,
    id: string,
    type: string,
    private readonly steps: RecoveryStep[],
    private readonly drills: RecoveryDrill[] = [],
  ) {
    super(scope, id, type);
  }
  public toRecoverySteps(): RecoveryStep[] {
    return this.steps;
  }
  public toRecoveryDrills(): RecoveryDrill[] {
    return this.drills;
  }
}

export const step = (key: string, occasion: RecoveryOccasion, more: Partial<RecoveryStep> = {}): RecoveryStep => ({
  key,
  occasion,
  summary: `Does ${key}`,
  commands: [`az do ${key}`],
  minutes: 30,
  ...more,
});

/** Lines of a chapter, up to the next one. */
export function chapter(markdown: string, title: string): string[] {
  const lines = markdown.split('\n');
  const start = lines.indexOf(`## ${title}`);
  const rest = start < 0 ? [] : lines.slice(start + 1);
  const end = rest.findIndex((line) => line.startsWith('## '));
  return (end < 0 ? rest : rest.slice(0, end)).filter((line) => line !== '');
}

export const rowsOf = (lines: string[]) =>
  lines.filter((line) => line.startsWith('| ')).map((line) => line.slice(2, -2));
