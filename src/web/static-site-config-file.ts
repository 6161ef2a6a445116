import { EdgeBinding } from '../contracts/edge';
import { isComputed } from '../core/validation';
import { StaticSiteConfig, StaticSiteRoute } from './static-site-config';

/** Name that Azure looks for in what is deployed. */
export const CONFIG_FILE = 'staticwebapp.config.json';

/** Stands for the id of the edge in the file: only Terraform knows it, and it does not write the file. */
export const EDGE_ID = '%FRONT_DOOR_ID%';

/** HSTS without subdomains, which may be somebody else's. */
const SECURITY_HEADERS: { readonly [name: string]: string } = {
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Strict-Transport-Security': 'max-age=31536000',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

const CONTENT_SECURITY_POLICY =
  "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

/** What never changes under one address may be kept for a year. */
const FOR_EVER = { 'Cache-Control': 'public, max-age=31536000, immutable' };

/**
 * The file that says how a site answers: the same bytes for the same site.
 *
 * @param config What was asked for.
 * @param immutablePaths Patterns of paths whose content never changes.
 * @param edge The edge that the site is closed to, if it is.
 */
export function configFileOf(config: StaticSiteConfig, immutablePaths: string[], edge?: EdgeBinding): string {
  const { contentSecurityPolicy = CONTENT_SECURITY_POLICY, fallbackFile = '/index.html' } = config;
  const globalHeaders = merged(
    { 'Content-Security-Policy': contentSecurityPolicy, ...SECURITY_HEADERS },
    config.headers ?? {},
  );
  const routes = [
    ...(config.routes ?? []).map(routeOf),
    ...immutablePaths.map((path) => routeOf({ path, headers: FOR_EVER })),
  ];
  const exclude = config.fallbackExcludes ?? immutablePaths;
  const file = {
    ...(edge ? closedTo(edge, config) : openTo(config)),
    globalHeaders,
    mimeTypes: config.mimeTypes && sorted(config.mimeTypes),
    navigationFallback:
      fallbackFile === '' ? undefined : { rewrite: fallbackFile, exclude: exclude.length > 0 ? exclude : undefined },
    responseOverrides:
      config.errorPages &&
      Object.fromEntries(Object.entries(sorted(config.errorPages)).map(([status, rewrite]) => [status, { rewrite }])),
    routes: routes.length > 0 ? routes : undefined,
    ...config.overrides,
  };
  return `${JSON.stringify(sorted(file), undefined, 2)}\n`;
}

/** Requests come from Front Door, and from no other than ours: the service tag alone is everybody's. */
function closedTo({ frontDoorGuid }: EdgeBinding, { publicHosts = [] }: StaticSiteConfig) {
  return {
    forwardingGateway: {
      ...(publicHosts.length > 0 && { allowedForwardedHosts: [...publicHosts].sort() }),
      requiredHeaders: { 'X-Azure-FDID': isComputed(frontDoorGuid) ? EDGE_ID : frontDoorGuid },
    },
    networking: { allowedIpRanges: ['AzureFrontDoor.Backend'] },
  };
}

function openTo({ allowedIpRanges = [] }: StaticSiteConfig) {
  return allowedIpRanges.length > 0 ? { networking: { allowedIpRanges: [...allowedIpRanges].sort() } } : {};
}

function routeOf({ path, headers, methods, ...rest }: StaticSiteRoute) {
  const { rewrite, redirect, statusCode, allowedRoles } = rest;
  return { route: path, methods, rewrite, redirect, statusCode, headers: headers && sorted(headers), allowedRoles };
}

/** Names of headers are the same in any case; the later ones win. */
function merged(first: { [name: string]: string }, later: { [name: string]: string }): { [name: string]: string } {
  const taken = Object.keys(later).map((name) => name.toLowerCase());
  const kept = Object.entries(first).filter(([name]) => !taken.includes(name.toLowerCase()));
  return sorted({ ...Object.fromEntries(kept), ...later });
}

function sorted<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))) as T;
}
