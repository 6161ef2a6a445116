import { judge, JudgeOptions, StackVerdict } from './terraform';
import { NoProviders } from './terraform/trial';

/** Which providers plan. */
export type ProviderChoice = 'auto' | 'real' | 'schema';

/** Seconds that `terraform init` may take: whoever asks for real providers waits for a download of 200 MB. */
const INIT_SECONDS = { real: 300, auto: 20 };

/** A plan starts a provider of 200 MB, and retries what it should not have called. */
const PLAN_SECONDS = 300;

/** Who planned, and what came of it. */
export interface Judgement {
  readonly verdicts: StackVerdict[];
  readonly providers: 'real' | 'schema';
  readonly reason?: string;
}

/** What is wrong with real providers here: asked once in a process, since a suite of tests plans often. */
const failures = new Map<string, string>();

/**
 * Plans with stand-ins and, where that is wanted and possible, with real providers too. What only stand-ins have found is kept: the
 * real azurerm says nothing about a block as long as one of its values is unknown.
 */
export async function planWith(
  choice: ProviderChoice,
  folders: string[],
  options: JudgeOptions,
  initSeconds?: number,
): Promise<Judgement> {
  const verdicts = await judge(folders, { ...options, plan: true });
  if (choice === 'schema') {
    return { verdicts, providers: 'schema' };
  }
  const key = `${options.terraform ?? ''} ${process.env.TF_CLI_CONFIG_FILE ?? ''} ${process.env.TF_PLUGIN_CACHE_DIR ?? ''}`;
  const known = options.after ? 'real providers do not know a made-up state' : failures.get(key);
  if (choice === 'auto' && known !== undefined) {
    return { verdicts, providers: 'schema', reason: known };
  }
  if (options.after) {
    throw new Error(`offlinePlan() takes either 'after' or real providers: ${known}`);
  }
  try {
    const limits = { initSeconds: initSeconds ?? INIT_SECONDS[choice], planSeconds: PLAN_SECONDS };
    const real = await judge(folders, { ...options, plan: true, real: limits });
    return { verdicts: real.map((verdict, i) => merged(verdict, verdicts[i])), providers: 'real' };
  } catch (error) {
    if (!(error instanceof NoProviders)) {
      throw error;
    }
    if (choice === 'real') {
      const remedy = "name a registry or mirror in Terraform's own configuration, or plan with providers: 'schema'";
      throw new Error(`offlinePlan() finds no real providers (${remedy}): ${error.message}`, { cause: error });
    }
    failures.set(key, error.message);
    return { verdicts, providers: 'schema', reason: error.message };
  }
}

function merged(real: StackVerdict, standIn: StackVerdict): StackVerdict {
  const place = ({ address = '', attribute = '' }: { address?: string; attribute?: string }): string =>
    `${address} ${attribute}`;
  const said = new Set(real.findings.map(place));
  const findings = [...real.findings, ...standIn.findings.filter((finding) => !said.has(place(finding)))];
  return {
    ...real,
    findings,
    accepted: !findings.some(({ severity }) => severity === 'error'),
    seconds: real.seconds + standIn.seconds,
  };
}
