import { aBoolean, aNumber, aStruct, oneOf, someTexts } from './kinds';
import { isText, shown } from './validation';

/**
 * How much a service may cost and how much it should survive.
 */
export enum ServiceTier {
  /** Cheapest that runs; features it lacks are left out. */
  ECONOMY = 'economy',
  /** Dedicated capacity, scaled down. */
  STANDARD = 'standard',
  /** Dedicated capacity, sized for customers. */
  CRITICAL = 'critical',
}

/**
 * The decisions that differ between environments, in terms that fit any service.
 */
export interface EnvironmentProfile {
  /** Plan family; constructs translate it to a SKU. Raising it later replaces caches and keys: pin `sku` and `kind` of what is there. */
  readonly tier: ServiceTier;
  /** Fewest instances of anything that scales out. */
  readonly minInstances: number;
  /** Most instances of anything that scales out; a construct stays below its own service's limit as well. */
  readonly maxInstances: number;
  /** Availability zones that instances are spread over, 1 to 3; 1 leaves the choice to Azure. */
  readonly zones: number;
  /** Whether data and managed services have a standby in another zone. */
  readonly zoneRedundant: boolean;
  /**
   * Whether data is copied to the paired region, as far as the residency of the workload allows. Raising it later replaces databases
   * and backup vaults: pin their `createOnly` and `redundancy`.
   */
  readonly geoRedundant: boolean;
  /** Whether outbound traffic leaves through an address of its own (a NAT gateway). */
  readonly dedicatedOutbound: boolean;
  /** Days during which lost data can be brought back, 7 to 35. */
  readonly recoveryDays: number;
  /** Days during which logs can be queried, 30 to 730. */
  readonly logDays: number;
  /** Whether soft-deleted vaults and the like are kept from being purged before their time. */
  readonly purgeProtected: boolean;
  /** Whether what holds data is guarded by `prevent_destroy` and a delete lock. */
  readonly locked: boolean;
  /** Roles that must agree to a deployment, each of them; pipelines say who has them. */
  readonly approvals: string[];
  /** Minutes between approval and deployment, 0 to 43200. */
  readonly waitMinutes: number;
}

const { ECONOMY, STANDARD, CRITICAL } = ServiceTier;

// prettier-ignore
const PROFILES = {
  dev:     { tier: ECONOMY,  minInstances: 1, maxInstances:  1, zones: 1, zoneRedundant: false, geoRedundant: false, dedicatedOutbound: false, recoveryDays:  7, logDays:  30, purgeProtected: false, locked: false, approvals: [],                   waitMinutes:  0 },
  test:    { tier: ECONOMY,  minInstances: 1, maxInstances:  1, zones: 1, zoneRedundant: false, geoRedundant: false, dedicatedOutbound: false, recoveryDays:  7, logDays:  30, purgeProtected: false, locked: false, approvals: [],                   waitMinutes:  0 },
  staging: { tier: STANDARD, minInstances: 2, maxInstances: 10, zones: 2, zoneRedundant: false, geoRedundant: false, dedicatedOutbound: true,  recoveryDays: 14, logDays:  90, purgeProtected: true,  locked: false, approvals: [],                   waitMinutes:  0 },
  preprod: { tier: CRITICAL, minInstances: 3, maxInstances: 10, zones: 3, zoneRedundant: true,  geoRedundant: false, dedicatedOutbound: true,  recoveryDays: 35, logDays:  90, purgeProtected: true,  locked: false, approvals: ['lead', 'security'], waitMinutes:  0 },
  prod:    { tier: CRITICAL, minInstances: 3, maxInstances: 50, zones: 3, zoneRedundant: true,  geoRedundant: true,  dedicatedOutbound: true,  recoveryDays: 35, logDays: 365, purgeProtected: true,  locked: true,  approvals: ['release'],          waitMinutes: 10 },
};

/** What a profile is made of. */
const A_PROFILE = aStruct<EnvironmentProfile>({
  tier: oneOf(ServiceTier),
  minInstances: aNumber,
  maxInstances: aNumber,
  zones: aNumber,
  zoneRedundant: aBoolean,
  geoRedundant: aBoolean,
  dedicatedOutbound: aBoolean,
  recoveryDays: aNumber,
  logDays: aNumber,
  purgeProtected: aBoolean,
  locked: aBoolean,
  approvals: someTexts,
  waitMinutes: aNumber,
});

/**
 * A place a workload is deployed to, and the defaults that hold there.
 */
export class Environment {
  /** One developer, one day. */
  public static readonly DEV = Environment.of('dev', PROFILES.dev);
  /** Where changes meet. */
  public static readonly TEST = Environment.of('test', PROFILES.test);
  /** Production, scaled down. */
  public static readonly STAGING = Environment.of('staging', PROFILES.staging);
  /** Rehearsal for production, with its full topology. */
  public static readonly PREPROD = Environment.of('preprod', PROFILES.preprod);
  /** Where customers are. */
  public static readonly PROD = Environment.of('prod', PROFILES.prod);

  /**
   * An environment of your own; start from the profile of another one and change what differs.
   *
   * Throws one error that lists every value that is out of range.
   *
   * @param name 2 to 12 lower-case letters or digits, a letter first; becomes part of resource names.
   * @param profile The defaults that hold there.
   */
  public static of(name: string, profile: EnvironmentProfile): Environment {
    const wrong = A_PROFILE('profile', profile);
    const problems = wrong ? [wrong] : problemsOf(name, profile);
    if (problems.length > 0) {
      throw new Error(`environment ${shown(name)}: ${problems.join('; ')}`);
    }
    return new Environment(name, profile);
  }

  private constructor(
    /** Short name, used in resource names and tags. */
    public readonly name: string,
    /** The defaults that hold here. */
    public readonly profile: EnvironmentProfile,
  ) {}
}

function problemsOf(name: string, profile: EnvironmentProfile): string[] {
  const { minInstances, maxInstances, zones, recoveryDays, logDays, approvals, waitMinutes } = profile;
  const whole = (prop: string, value: number, min: number, max: number) =>
    !(Number.isInteger(value) && value >= min && value <= max) &&
    `'${prop}' must be a whole number from ${min} to ${max}, got ${shown(value)}`;
  return [
    !isText(name, /^[a-z][a-z0-9]{1,11}$/) &&
      "'name' must be 2 to 12 lower-case letters or digits and start with a letter",
    whole('minInstances', minInstances, 1, 1000),
    whole('maxInstances', maxInstances, 1, 1000),
    minInstances > maxInstances &&
      `'minInstances' must not be above 'maxInstances', got ${minInstances} and ${maxInstances}`,
    whole('zones', zones, 1, 3),
    whole('recoveryDays', recoveryDays, 7, 35),
    whole('logDays', logDays, 30, 730),
    ...approvals.map(
      (role) =>
        !isText(role, /^[a-z][a-z0-9]{1,23}$/) &&
        `'approvals' must be roles of 2 to 24 lower-case letters or digits, a letter first, got ${shown(role)}`,
    ),
    whole('waitMinutes', waitMinutes, 0, 43200),
  ].filter((problem) => problem !== false);
}
