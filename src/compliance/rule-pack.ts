import { Concern, OwnRule } from './family';
import { IComplianceRule } from './rule';
import { ALL_RULES } from './rules';

/**
 * Rules that are enforced together.
 */
export class RulePack {
  /**
   * Confidentiality and integrity: what must hold in every environment.
   */
  public static readonly SECURITY = new RulePack('security', rulesFor('security'));

  /**
   * What regulated workloads add: keys of your own, hardware, a second encryption, sign-in by the platform, analysis of traffic.
   *
   * Not among the rules enforced by default.
   */
  public static readonly HARDENING = new RulePack('hardening', rulesFor('hardening'));

  /**
   * What has to survive a failure: replicas, zones, copies, recovery periods, locks.
   *
   * Environments that may fail break these by design; enforce the pack where the service has promises to keep.
   */
  public static readonly RELIABILITY = new RulePack('reliability', rulesFor('reliability'));

  /**
   * What has to be operated and paid for: logs, alerts, budgets.
   */
  public static readonly OPERATIONS = new RulePack('operations', rulesFor('operations'));

  /** Every pack of this library. */
  public static all(): RulePack[] {
    return [RulePack.SECURITY, RulePack.RELIABILITY, RulePack.OPERATIONS, RulePack.HARDENING];
  }

  /**
   * Rules of your own, or a choice of ours.
   *
   * @param name What to call them.
   * @param rules The rules; each id must be unique among all that are enforced together.
   */
  public static of(name: string, rules: IComplianceRule[]): RulePack {
    return new RulePack(name, rules);
  }

  private constructor(
    /** What the pack is called. */
    public readonly name: string,
    /** The rules, in the order of the catalogue. */
    public readonly rules: IComplianceRule[],
  ) {}
}

function rulesFor(concern: Concern): OwnRule[] {
  return ALL_RULES.filter((rule) => rule.concern === concern);
}
