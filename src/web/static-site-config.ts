/**
 * Methods that a route can be limited to.
 */
export enum StaticSiteMethod {
  /** Asks for content. */
  GET = 'GET',
  /** Asks for headers alone. */
  HEAD = 'HEAD',
  /** Sends something new. */
  POST = 'POST',
  /** Replaces something. */
  PUT = 'PUT',
  /** Changes something. */
  PATCH = 'PATCH',
  /** Takes something away. */
  DELETE = 'DELETE',
  /** Asks what may be asked. */
  OPTIONS = 'OPTIONS',
}

/**
 * What happens to requests for some paths; the first route that fits a request is the only one that counts.
 */
export interface StaticSiteRoute {
  /** A path, e.g. `/old`, or a pattern that ends in `*` or in `*` and extensions, e.g. `/admin*` or `/images/*.{png,jpg}`. */
  readonly path: string;

  /**
   * Methods that this is about.
   *
   * @default - all of them
   */
  readonly methods?: StaticSiteMethod[];

  /**
   * File that is served instead, e.g. `/app.html`.
   *
   * @default - what the path says
   */
  readonly rewrite?: string;

  /**
   * Path or address that visitors are sent to.
   *
   * @default - they stay
   */
  readonly redirect?: string;

  /**
   * Status of the answer, 200 to 599; of a redirect 301, 302, 307 or 308.
   *
   * @default - 302 for a redirect, otherwise what serving the file comes to
   */
  readonly statusCode?: number;

  /**
   * Headers of the answer, which win over those of the site; an empty value takes one away.
   *
   * @default - those of the site
   */
  readonly headers?: { [name: string]: string };

  /**
   * Roles of which a visitor needs one, e.g. `authenticated`; letters, digits and `_`.
   *
   * @default - everybody
   */
  readonly allowedRoles?: string[];
}

/**
 * How a static site answers: what becomes its `staticwebapp.config.json`. All of it literals, because nothing in that file is
 * computed by Terraform.
 */
export interface StaticSiteConfig {
  /**
   * Routes, in the order in which they are tried.
   *
   * @default - every path is the file of that name
   */
  readonly routes?: StaticSiteRoute[];

  /**
   * File for paths that are no file, so that a program in the browser can have paths of its own; an empty
   * text for none.
   *
   * @default '/index.html'
   */
  readonly fallbackFile?: string;

  /**
   * Patterns of paths that are not found if they are no file.
   *
   * @default - those of `immutablePaths`
   */
  readonly fallbackExcludes?: string[];

  /**
   * Headers of every answer, beside or instead of those for security; an empty value takes one away.
   *
   * @default - HSTS for a year, no sniffing, no frames, no features of the device, a short referrer, `contentSecurityPolicy`
   */
  readonly headers?: { [name: string]: string };

  /**
   * Where pages may load from and connect to; name the origin of your API in `connect-src`.
   *
   * @default - the site itself and nothing else
   */
  readonly contentSecurityPolicy?: string;

  /**
   * Files for errors, by status: 400, 401, 403 or 404.
   *
   * @default - Azure's own pages
   */
  readonly errorPages?: { [status: string]: string };

  /**
   * Media types by extension, e.g. `.wasm`.
   *
   * @default - what Azure knows
   */
  readonly mimeTypes?: { [extension: string]: string };

  /**
   * Host names that visitors type where an edge is in front, so that redirects after a sign-in lead back there.
   *
   * @default - none
   */
  readonly publicHosts?: string[];

  /**
   * Networks that visitors may come from, IPv4 in CIDR notation; not behind an edge, which they come through.
   *
   * @default - all that can reach the site
   */
  readonly allowedIpRanges?: string[];

  /**
   * Other members of the file by name, e.g. `auth`, as Azure spells them; they win. Never a secret: name a setting that holds it.
   *
   * @default - none
   * @see https://learn.microsoft.com/azure/static-web-apps/configuration
   */
  readonly overrides?: { [name: string]: any };
}
