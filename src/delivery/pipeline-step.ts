import { shown } from '../core/validation';
import { TOOLS } from './actions';
import { PipelineLanguage } from './pipeline-language';

/**
 * Options for a `PipelineStep`.
 */
export interface PipelineStepOptions {
  /**
   * Folder that the commands run in, from the root of the repository.
   *
   * @default '.'
   */
  readonly directory?: string;

  /**
   * Version of the language, one number or up to three, e.g. `22` or `3.13`.
   *
   * @default - the current one: Node.js 22, Python 3.13, Go 1.25, .NET 9
   */
  readonly languageVersion?: string;

  /**
   * Names of the stages it runs in.
   *
   * @default - each
   */
  readonly stages?: string[];

  /**
   * Names of the applications it runs for; added by the time that files are written.
   *
   * @default - each
   */
  readonly applications?: string[];

  /**
   * Variables of the commands, literals; `TARGET_URL` is the address of the application after a rollout.
   *
   * @default - none
   */
  readonly variables?: { [key: string]: string };

  /**
   * Minutes until it is stopped, 1 to 120.
   *
   * @default 15
   */
  readonly timeoutMinutes?: number;

  /**
   * Whether it calls Azure, signed in as whoever the job signs in as: for an hour. Not in pull requests, and after a build only of images.
   *
   * @default false
   */
  readonly azure?: boolean;

  /**
   * Shows a failure, and goes on.
   *
   * @default false
   */
  readonly advisory?: boolean;
}

/**
 * How much load an application must bear.
 */
export interface LoadTestOptions extends PipelineStepOptions {
  /**
   * Paths that are asked for, in turn; anonymous GET requests.
   *
   * @default ['/']
   */
  readonly paths?: string[];

  /**
   * Users at the same time, 1 to 1000.
   *
   * @default 20
   */
  readonly users?: number;

  /**
   * Seconds of load, 10 to 3600.
   *
   * @default 120
   */
  readonly seconds?: number;

  /**
   * Milliseconds that 95 of 100 requests must stay under, 1 to 60000.
   *
   * @default 3000
   */
  readonly p95Milliseconds?: number;
}

/**
 * Commands that run at a hook point.
 */
export class PipelineStep {
  /**
   * Commands of your own.
   *
   * @param name What people read, unique at its point.
   * @param language What is set up before.
   * @param commands For bash, in order; the first that fails stops the step.
   */
  public static command(
    name: string,
    language: PipelineLanguage,
    commands: string[],
    options: PipelineStepOptions = {},
  ): PipelineStep {
    return new PipelineStep(name, language, commands, options);
  }

  /** End-to-end tests with Playwright; `BASE_URL` is the address of the application. */
  public static playwright(options: PipelineStepOptions = {}): PipelineStep {
    return new PipelineStep(
      'End-to-end tests (Playwright)',
      PipelineLanguage.NODE,
      [
        'npm ci --ignore-scripts',
        'npx --no-install playwright install --with-deps chromium',
        'BASE_URL="${TARGET_URL:-}" npx --no-install playwright test',
      ],
      options,
    );
  }

  /** End-to-end tests with Cypress; `baseUrl` is the address of the application. */
  public static cypress(options: PipelineStepOptions = {}): PipelineStep {
    return new PipelineStep(
      'End-to-end tests (Cypress)',
      PipelineLanguage.NODE,
      ['npm ci', 'CYPRESS_BASE_URL="${TARGET_URL:-}" npx --no-install cypress run'],
      options,
    );
  }

  /**
   * Tests of an API with a collection of Postman; its variable `baseUrl` is the address of the application.
   *
   * @param collection File, from the folder of the step.
   */
  public static postman(collection: string, options: PipelineStepOptions = {}): PipelineStep {
    return new PipelineStep(
      'API tests (Postman)',
      PipelineLanguage.NODE,
      [`npx --yes newman@${TOOLS.newman} run ${quoted(collection)} --bail --env-var "baseUrl=\${TARGET_URL:-}"`],
      options,
    );
  }

  /**
   * A test of your own with k6; `TARGET_URL` is the address of the application.
   *
   * @param script File, from the folder of the step; its thresholds decide.
   */
  public static k6(script: string, options: PipelineStepOptions = {}): PipelineStep {
    return new PipelineStep(
      'Load test (k6)',
      PipelineLanguage.GO,
      [`go run go.k6.io/k6@${TOOLS.k6} run --no-usage-report ${quoted(script)}`],
      options,
    );
  }

  /** Load on a few pages with k6: 95 of 100 answers in time, fewer than 1 of 100 failing. */
  public static loadTest(options: LoadTestOptions = {}): PipelineStep {
    const { paths = ['/'], users = 20, seconds = 120, p95Milliseconds = 3000, ...common } = options;
    refuse(
      wholeProblem('users', users, 1, 1000),
      wholeProblem('seconds', seconds, 10, 3600),
      wholeProblem('p95Milliseconds', p95Milliseconds, 1, 60000),
      paths.some((path) => !/^\/[^\s,]*$/.test(path)) &&
        `'paths' must begin with a slash and hold no comma, got ${paths.join(' ')}`,
    );
    return new PipelineStep(
      'Load test',
      PipelineLanguage.GO,
      [`go run go.k6.io/k6@${TOOLS.k6} run --no-usage-report "$DELIVERY_SCRIPTS/load-test.js"`],
      {
        ...common,
        variables: {
          ...common.variables,
          LOAD_PATHS: paths.join(','),
          LOAD_USERS: String(users),
          LOAD_SECONDS: String(seconds),
          LOAD_P95_MILLISECONDS: String(p95Milliseconds),
        },
      },
    );
  }

  private constructor(
    /** What people read. */
    public readonly name: string,
    /** What is set up before. */
    public readonly language: PipelineLanguage,
    /** Commands, in order. */
    public readonly commands: string[],
    /** What was asked for beside them. */
    public readonly options: PipelineStepOptions,
  ) {}
}

/** A word as bash reads it, whatever is in it. */
function quoted(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replace(/'/g, "'\\''")}'`;
}

function wholeProblem(prop: string, value: number, min: number, max: number): string | false {
  return (
    !(Number.isInteger(value) && value >= min && value <= max) &&
    `'${prop}' must be a whole number from ${min} to ${max}, got ${shown(value)}`
  );
}

/** A step is made outside of the tree of constructs: it has no path that an error could begin with. */
function refuse(...problems: Array<string | false>): void {
  const found = problems.filter((problem) => problem !== false);
  if (found.length > 0) {
    throw new Error(`load test: ${found.join('; ')}`);
  }
}
