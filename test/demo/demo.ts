import * as fs from 'fs';
import * as path from 'path';
import { judge, StackVerdict } from '../../src/testing/terraform';
import { drawDashboards } from './dashboards';
import { programsIn } from './programs';
import { reportOf } from './report';
import { synthesize } from './synthesis';

/** What to run, and where to say what happens. */
export interface DemoOptions {
  /** Folder of programs. */
  readonly examples: string;
  /** Folder for what they synthesize; emptied before. */
  readonly outdir: string;
  /** Where the bindings are installed that the judge reads schemas from. */
  readonly bindings: string;
  /** The terraform binary; without one nobody judges. */
  readonly terraform?: string;
  readonly say: (text: string) => void;
}

/** Synthesizes every program, lets terraform judge, and reports; answers the exit status. */
export async function demo({ examples, outdir, bindings, terraform, say }: DemoOptions): Promise<number> {
  const programs = programsIn(examples);
  say(`Synthesizing ${programs.length} programs ...`);
  const syntheses = await synthesize(programs, outdir, ({ program, stacks: { length }, seconds }) =>
    say(`  ${program}: ${length} stacks, ${seconds.toFixed(1)} s`),
  );
  const problems = syntheses.flatMap((synthesis) => synthesis.problems);
  const stacks = syntheses.flatMap((synthesis) => synthesis.stacks).sort();

  let verdicts: StackVerdict[] | undefined;
  if (terraform !== undefined && stacks.length > 0) {
    say(`Judging ${stacks.length} stacks with ${terraform} ...`);
    verdicts = await judge([outdir], {
      terraform,
      bindings,
      onVerdict: ({ stack, accepted, seconds }) =>
        say(`  ${stack}: ${accepted ? 'accepted' : 'REJECTED'}, ${seconds.toFixed(1)} s`),
    });
  }
  say(`\n${reportOf(outdir, stacks, verdicts)}`);
  const page = drawDashboards(outdir, stacks);
  if (page !== undefined) {
    say(`\nDashboards are drawn in ${path.relative(process.cwd(), page)}`);
  }
  picturesIn(path.join(outdir, 'files')).forEach((picture) =>
    say(`A diagram is in ${path.relative(process.cwd(), picture)}`),
  );
  if (problems.length > 0) {
    say(`\n${problems.join('\n')}`);
  }
  return problems.length > 0 || verdicts?.some(({ accepted }) => !accepted) ? 1 : 0;
}

/** The diagrams among what programs wrote for their repositories. */
function picturesIn(folder: string): string[] {
  const files = fs.existsSync(folder) ? fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  return files
    .filter((file) => file.endsWith('architecture.svg'))
    .sort()
    .map((file) => path.join(folder, file));
}
