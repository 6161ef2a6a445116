import { Finding, StackVerdict, TerraformPlan, TerraformState } from '../terraform';
import { changesOf, constructsOf, Fate, PlannedChange, withoutIndex } from './changes';
import { openDoors } from './public-access';
import { secretsIn } from './secrets';

/** What a plan is made of. */
export interface PlanSource {
  /** The stacks as Terraform reads them, by name. */
  readonly stacks: Readonly<Record<string, any>>;
  readonly verdicts: StackVerdict[];
  readonly providers: 'real' | 'schema';

  /** Why stand-ins took the place of real providers, where `auto` left the choice. */
  readonly reason?: string;

  /** The plan whose state this one began with. */
  readonly previous?: Plan;

  /** Pretends to apply. */
  apply(): Promise<Record<string, TerraformState>>;
}

/**
 * What Terraform would do with the stacks of an app, and what is wrong with them.
 *
 * The assertions throw one error that lists every offender with its construct path; a plan that Terraform refuses fails them all.
 */
export class Plan {
  /** One for each stack, with the plan as `terraform show -json` writes it. */
  public readonly verdicts: StackVerdict[];

  /** Whether real providers planned, or stand-ins that know schemas and value rules. */
  public readonly providers: 'real' | 'schema';

  /** Why stand-ins took the place of real providers, where `auto` left the choice. */
  public readonly reason?: string;

  /** What would become of every resource, in the order of Terraform. */
  public readonly changes: PlannedChange[];

  private readonly constructs = new Map<string, string>();
  private state?: Promise<Record<string, TerraformState>>;

  constructor(private readonly source: PlanSource) {
    const { stacks, verdicts, providers, reason, previous } = source;
    this.verdicts = verdicts;
    this.providers = providers;
    this.reason = reason;
    this.changes = verdicts.flatMap((verdict) => {
      const known = new Map([
        ...(previous ? constructsOf(previous.source.stacks[verdict.stack] ?? {}) : []),
        ...constructsOf(stacks[verdict.stack]),
      ]);
      known.forEach((path, address) => this.constructs.set(`${verdict.stack} ${address}`, path));
      return changesOf(verdict, known);
    });
  }

  /** What Terraform, its providers and their value rules have to say, with construct paths. */
  public get findings(): (Finding & { readonly stack: string })[] {
    return this.verdicts.flatMap(({ stack, findings }) => findings.map((finding) => ({ stack, ...finding })));
  }

  /** Whether there are no errors; warnings do not count. */
  public get accepted(): boolean {
    return this.verdicts.every(({ accepted }) => accepted);
  }

  /**
   * The plan of a stack as `terraform show -json` writes it.
   *
   * @param stack name of the stack; needed where there are several
   */
  public json(stack?: string): TerraformPlan {
    this.succeeds();
    const found = this.verdicts.filter((verdict) => stack === undefined || verdict.stack === stack);
    if (found.length !== 1) {
      throw new Error(`expected one stack, found ${this.verdicts.map((verdict) => verdict.stack).join(', ')}`);
    }
    return found[0].plan!;
  }

  /** Fails with every error, when there are any. */
  public succeeds(): void {
    const errors = this.findings.filter(({ severity }) => severity === 'error');
    fail('terraform refuses the plan', errors.map(describe));
  }

  /**
   * Fails when anything but new resources is planned, or another number of them.
   *
   * @param expected how many in all, or how many of each type; types that are not named do not matter
   */
  public toAdd(expected?: number | Readonly<Record<string, number>>): void {
    this.refuse(['change', 'replace', 'destroy', 'forget'], 'expected a plan that only adds, but');
    const added = this.changes.filter(({ fate }) => fate === 'add');
    const wanted = typeof expected === 'number' ? { resources: expected } : (expected ?? {});
    const wrong = Object.entries(wanted).flatMap(([type, number]) => {
      const found = added.filter((change) => type === 'resources' || change.type === type);
      return found.length === number
        ? []
        : [`${number} ${type}, found ${found.length}`, ...found.map((change) => `  ${this.nameOf(change)}`)];
    });
    fail('expected a plan that adds', wrong);
  }

  /** Fails with every resource that would be changed, replaced, added or removed. */
  public changesNothing(): void {
    this.refuse(['add', 'change', 'replace', 'destroy', 'forget'], 'expected no change, but');
  }

  /** Fails with every resource that would be removed and made anew, and the attributes that are to blame. */
  public replacesNothing(): void {
    this.refuse(['replace'], 'expected nothing to be replaced, but');
  }

  /** Fails with every resource that would be removed, to be made anew or for good. */
  public destroysNothing(): void {
    this.refuse(['replace', 'destroy'], 'expected nothing to be destroyed, but');
  }

  /**
   * Fails with every resource that anybody on the internet could reach: public network access without a rule that denies by default,
   * anonymous reads, rules that let in the whole internet.
   *
   * Front ends that are meant to be public (gateways, load balancers, Front Door) and the endpoints of telemetry do not count.
   *
   * @param except addresses, and paths of constructs that are left out with everything below them
   */
  public noPublicAccess(except: string[] = []): void {
    this.succeeds();
    const judged = this.changes.filter(
      ({ address, construct = '' }) =>
        !except.some((name) => address === name || construct === name || construct.startsWith(`${name}/`)),
    );
    fail(
      'expected no public access, but',
      judged.flatMap((change) => openDoors(change).map((door) => `${this.nameOf(change)}: ${door}`)),
    );
  }

  /**
   * Fails with every secret that is written into a stack or would be kept in the state by an argument or an output: arguments that
   * are not write-only, references to passwords and keys, text that looks like a secret, and settings that are called one.
   *
   * What a provider itself reads into the state, as the keys of a storage account, is not seen.
   *
   * @param markers text that must not occur either, such as a password that the test has passed in
   */
  public noSecrets(markers: string[] = []): void {
    this.succeeds();
    const found = this.verdicts.flatMap((verdict) =>
      secretsIn(this.source.stacks[verdict.stack], verdict, markers).map(
        ({ address, text }) => `${this.nameOf({ stack: verdict.stack, address })}: ${text}`,
      ),
    );
    fail('expected no secrets, but', found);
  }

  /** The states after this plan, by stack: what only Azure would know is made up. To keep as a file, or to plan a newer version after. */
  public async applied(): Promise<Record<string, TerraformState>> {
    this.succeeds();
    this.state ??= this.source.apply();
    return this.state;
  }

  private refuse(fates: Fate[], title: string): void {
    this.succeeds();
    const offenders = this.changes.filter(({ fate }) => fates.includes(fate));
    const lines = offenders.map((change) => {
      const because = change.because.length > 0 ? `: ${change.because.join(', ')}` : '';
      return `${change.fate} ${this.nameOf(change)}${because}`;
    });
    fail(title, lines);
  }

  private nameOf({ stack, address }: Pick<PlannedChange, 'stack' | 'address'>): string {
    const construct = this.constructs.get(`${stack} ${withoutIndex(address)}`);
    return `${address} (${construct ?? `stack ${stack}`})`;
  }
}

function fail(title: string, lines: string[]): void {
  if (lines.length > 0) {
    throw new Error([title, ...new Set(lines)].join('\n  '));
  }
}

function describe({ stack, address, construct, attribute, summary, detail }: Plan['findings'][number]): string {
  const place = [address ?? `stack ${stack}`, attribute].filter(Boolean).join(' ');
  return `${place}${construct ? ` (${construct})` : ''}: ${summary}: ${detail}`;
}
