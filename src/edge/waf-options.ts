/**
 * What a rule of Microsoft's rule sets does with a request that it fits.
 */
export enum FirewallRuleAction {
  /** Lets the request through; only rules about bots can. */
  ALLOW = 'Allow',
  /** Blocks the request by itself; only rules about bots can. */
  BLOCK = 'Block',
  /** Asks the browser to compute something before it goes on; only rules about bots can. */
  CHALLENGE = 'JSChallenge',
  /** Only writes it down. */
  LOG = 'Log',
  /** Nothing: the rule is off. */
  OFF = 'Off',
  /** Adds to the score of the request, which is blocked at 5; only rules about attacks can. */
  SCORE = 'AnomalyScoring',
}

/**
 * Parts of a request that have names, and that attacks hide in.
 */
export enum FirewallField {
  /** Arguments of the query. */
  QUERY = 'QueryStringArgNames',
  /** Fields of a form. */
  FORM = 'RequestBodyPostArgNames',
  /** Fields of a JSON document. */
  JSON = 'RequestBodyJsonArgNames',
  /** Cookies. */
  COOKIE = 'RequestCookieNames',
  /** Headers. */
  HEADER = 'RequestHeaderNames',
}

/**
 * How the name of a field is compared.
 */
export enum FirewallMatch {
  /** The whole name. */
  EQUALS = 'Equals',
  /** How it begins. */
  STARTS_WITH = 'StartsWith',
  /** How it ends. */
  ENDS_WITH = 'EndsWith',
  /** Some part of it. */
  CONTAINS = 'Contains',
}

/**
 * A field of requests that rules about attacks must not look into, because what is right there looks like an attack.
 */
export interface FirewallExclusion {
  /** Which part of the request. */
  readonly field: FirewallField;
  /** Name of the field in it. */
  readonly name: string;

  /**
   * How the name is compared.
   *
   * @default FirewallMatch.EQUALS
   */
  readonly match?: FirewallMatch;

  /**
   * The only rule that must not look, e.g. `942430`.
   *
   * @default - all rules about attacks
   */
  readonly ruleId?: string;
}

/**
 * How an `EdgeGateway` tells good requests from bad ones.
 */
export interface FirewallOptions {
  /**
   * Only writes down what would be blocked: for the first weeks of an application, while you find out what must be excluded.
   *
   * @default false
   */
  readonly detectOnly?: boolean;

  /**
   * Requests per minute that one address may send, 10 to 1000000. Front Door counts in several places at once, so that somewhat
   * more pass.
   *
   * @default 1000
   */
  readonly requestsPerMinute?: number;

  /**
   * Parts of addresses under which people sign in, in lower case, at most 10; POST requests to them have a limit of their own.
   *
   * @default - /login, /signin, /sign-in, /oauth/token, /oauth2/token and /password
   */
  readonly signInPaths?: string[];

  /**
   * POST requests per minute that one address may send to `signInPaths`, 10 to 1000000.
   *
   * @default 20
   */
  readonly signInRequestsPerMinute?: number;

  /**
   * Addresses or networks without a limit, e.g. of a partner behind one address, at most 598; all other rules hold for them.
   *
   * @default - none
   */
  readonly unlimitedAddresses?: string[];

  /**
   * The only addresses or networks that may call, at most 600. Availability tests come from others, and fail then.
   *
   * @default - everybody
   */
  readonly allowedAddresses?: string[];

  /**
   * Addresses or networks that may not call, at most 600.
   *
   * @default - none
   */
  readonly blockedAddresses?: string[];

  /**
   * The only countries that may call, by their ISO 3166 codes, e.g. `DE`. `ZZ` stands for addresses that Azure cannot place.
   * Availability tests come from several countries, and fail from others.
   *
   * @default - all
   */
  readonly allowedCountries?: string[];

  /**
   * Countries that may not call, by their ISO 3166 codes.
   *
   * @default - none
   */
  readonly blockedCountries?: string[];

  /**
   * Rules of Microsoft's rule sets that do something else than usual, by their ids, e.g. `942430` or `Bot300600`.
   *
   * @default - none
   * @see https://learn.microsoft.com/azure/web-application-firewall/afds/waf-front-door-drs
   */
  readonly rules?: { [ruleId: string]: FirewallRuleAction };

  /**
   * Fields that rules about attacks must not look into.
   *
   * @default - none
   */
  readonly exclusions?: FirewallExclusion[];
}
