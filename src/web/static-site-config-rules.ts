import { isIPv4 } from 'net';
import { isComputed, isText, shown } from '../core/validation';
import { StaticSiteConfig, StaticSiteRoute } from './static-site-config';
import { configFileOf } from './static-site-config-file';

/** Azure reads no larger file, and no more roles in it. */
const [MOST_BYTES, MOST_ROLES] = [20 * 1024, 50];

const REDIRECTS = [301, 302, 307, 308];

/** A path, or a pattern: a star at the end, or a star and extensions there. */
const PATTERN = /^\/[\w\-.~%!$&'()+,;=:@/]*(\*(\.\w+|\.\{\w+(,\w+)*\})?)?$/;

/**
 * What is wrong with the file of a site, as clauses for `rejectIf()`; nobody else looks at it before it is deployed.
 */
export function configProblems(config: StaticSiteConfig, immutablePaths: string[]): Array<string | false> {
  const literals = literalProblems({ config, immutablePaths });
  if (literals.length > 0) {
    return literals;
  }
  const { routes = [], headers = {}, errorPages = {}, mimeTypes = {}, fallbackFile, fallbackExcludes = [] } = config;
  const roles = new Set(routes.flatMap(({ allowedRoles = [] }) => allowedRoles));
  const size = Buffer.byteLength(
    configFileOf(config, immutablePaths, { frontDoorGuid: '0'.repeat(36), privateLink: false }),
  );
  return [
    ...routes.flatMap(routeProblems),
    ...deadRoutes(routes),
    ...immutablePaths.map((path) => patternProblem('immutablePaths', path)),
    ...fallbackExcludes.map((path) => patternProblem('config.fallbackExcludes', path)),
    fallbackFile !== undefined && fallbackFile !== '' && fileProblem('config.fallbackFile', fallbackFile),
    ...headerProblems('config.headers', headers),
    ...Object.entries(errorPages).flatMap(([status, file]) => [
      !['400', '401', '403', '404'].includes(status) &&
        `'config.errorPages' must be for 400, 401, 403 or 404, got ${shown(status)}`,
      fileProblem('config.errorPages', file),
    ]),
    ...Object.keys(mimeTypes).map(
      (extension) =>
        !/^\.[\w.-]+$/.test(extension) &&
        `'config.mimeTypes' must have extensions such as .wasm, got ${shown(extension)}`,
    ),
    ...(config.publicHosts ?? []).map(
      (host) =>
        !/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(host) &&
        `'config.publicHosts' must be host names in lower case, got ${shown(host)}`,
    ),
    ...(config.allowedIpRanges ?? []).map(
      (range) => !isRange(range) && `'config.allowedIpRanges' must be IPv4 in CIDR notation, got ${shown(range)}`,
    ),
    roles.size > MOST_ROLES &&
      `'config.routes' must name at most ${MOST_ROLES} different roles, which is what Azure reads, got ${roles.size}`,
    size > MOST_BYTES && `'config' must come to at most ${MOST_BYTES} bytes, which is what Azure reads, got ${size}`,
  ];
}

/** Anything Terraform has yet to compute, wherever it stands. */
function literalProblems(values: object): string[] {
  let computed = false;
  JSON.stringify(values, (key, value) => {
    computed = computed || isComputed(key) || isComputed(value);
    return computed ? undefined : value;
  });
  return computed
    ? [
        "'config' and 'immutablePaths' must be literals, because the file is deployed with the site and not by Terraform; got a value that Terraform has yet to compute",
      ]
    : [];
}

function routeProblems(route: StaticSiteRoute): Array<string | false> {
  const { path, methods, rewrite, redirect, statusCode, headers = {}, allowedRoles = [] } = route;
  const at = `'config.routes' at ${shown(path)}`;
  return [
    patternProblem('config.routes', path),
    methods?.length === 0 && `${at} must name at least one method; leave 'methods' out for all`,
    rewrite !== undefined && redirect !== undefined && `${at} must have 'rewrite' or 'redirect', got both`,
    rewrite !== undefined && fileProblem('config.routes', rewrite),
    redirect !== undefined &&
      !/^(\/(?!\/)|https:\/\/)\S*$/.test(redirect) &&
      `${at} must have a 'redirect' to a path or to https://, got ${shown(redirect)}`,
    statusCode !== undefined &&
      (redirect !== undefined
        ? !REDIRECTS.includes(statusCode) &&
          `${at} must have a 'statusCode' of ${REDIRECTS.join(', ')} for a redirect, got ${shown(statusCode)}`
        : !(Number.isInteger(statusCode) && statusCode >= 200 && statusCode <= 599) &&
          `${at} must have a 'statusCode' from 200 to 599, got ${shown(statusCode)}`),
    ...headerProblems('config.routes', headers),
    ...allowedRoles.map(
      (role) =>
        !isText(role, /^\w+$/) && `${at} must have 'allowedRoles' of letters, digits and '_', got ${shown(role)}`,
    ),
  ];
}

/** A route behind one for the same path and all methods is never tried. */
function deadRoutes(routes: StaticSiteRoute[]): Array<string | false> {
  return routes.map(({ path }, i) => {
    const before = routes.slice(0, i).find((route) => route.path === path && route.methods === undefined);
    return before !== undefined && `'config.routes' at ${shown(path)} must come before the one for all methods`;
  });
}

function headerProblems(prop: string, headers: { [name: string]: string }): Array<string | false> {
  return Object.entries(headers).map(
    ([name, value]) =>
      !(/^[\w!#$%&'*+.^`|~-]+$/.test(name) && isText(value, /^[ -~]*$/)) &&
      `'${prop}' must have headers of one line, got ${shown(name)}: ${shown(value)}`,
  );
}

function patternProblem(prop: string, path: string): string | false {
  return (
    !PATTERN.test(path) &&
    `'${prop}' must be paths that start with '/', with '*' at most at the end or before an extension, got ${shown(path)}`
  );
}

function fileProblem(prop: string, file: string): string | false {
  return !/^\/[^*\s?#]+$/.test(file) && `'${prop}' must lead to files such as /index.html, got ${shown(file)}`;
}

function isRange(value: string): boolean {
  const [address, prefix] = value.split('/');
  return /^[\d.]+\/([0-9]|[12]\d|3[0-2])$/.test(value) && isIPv4(address) && prefix !== undefined;
}
