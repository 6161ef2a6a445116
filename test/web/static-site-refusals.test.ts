import { Token } from 'cdktf';
import { Environment } from '../../src/core/environment';
import { StaticSite } from '../../src/web/static-site';
import { StaticSiteConfig, StaticSiteMethod } from '../../src/web/static-site-config';
import { StaticSiteHost, StaticWebAppSku } from '../../src/web/static-site-host';
import { StaticSiteProps } from '../../src/web/static-site-props';
import { Rendered, workloadIn } from '../support';
import { on, siteIn } from './static-site-fixtures';

const { DEV, PROD } = Environment;

describe('fails', () => {
  test.each<[string, StaticSiteProps, string]>([
    [
      'a region without Static Web Apps',
      on({ location: 'uksouth' }),
      `'location' must be one of centralus, eastasia, eastus2, westeurope, westus2, where Static Web Apps are, got "uksouth"; give westeurope, or use StaticSiteHost.appService()`,
    ],
    [
      'a region outside of the geography',
      on({ location: 'eastus2' }),
      `'location' must stay in northeurope, westeurope, got "eastus2"; allow more with 'allowedLocations' or 'geography' on the workload`,
    ],
    [
      'a region nobody knows yet',
      on({ location: '${var.location}' }),
      "'location' must be a literal, because residency is checked at synthesis; got a value that Terraform has yet to compute",
    ],
    [
      'a partition out of range',
      on({ partition: 10 }),
      "'partition' must be a whole number from 1 to 9, got 10; 'partition' must come with 'network', got none",
    ],
    [
      'a free one that should do more',
      { ...on({ sku: StaticWebAppSku.FREE }), publiclyReachable: false },
      "'sku' must be STANDARD for a site that is not open to everybody, got FREE without 'publiclyReachable'",
    ],
    [
      'a config on App Service',
      { host: StaticSiteHost.appService(), config: {} },
      "'config' must come with a Static Web App: on App Service, what serves the files decides, or the edge in front of it",
    ],
    ['a name', { siteName: 'a_b' }, `'siteName' must be 1 to 60 letters, digits, or hyphens between them; got "a_b"`],
    [
      'a health path',
      { healthCheckPath: 'health' },
      `'healthCheckPath' must be a path that starts with '/' and has no query, got "health"`,
    ],
    [
      'a token in the file',
      { immutablePaths: [Token.asString('${var.path}')] },
      "'config' and 'immutablePaths' must be literals, because the file is deployed with the site and not by Terraform; got a value that Terraform has yet to compute",
    ],
    [
      'a pattern with two stars',
      { immutablePaths: ['/a/*/b'] },
      `'immutablePaths' must be paths that start with '/', with '*' at most at the end or before an extension, got "/a/*/b"`,
    ],
  ])('%s', (_words, props, problems) => {
    expect(() => siteIn(workloadIn(DEV), props)).toThrow(new Error(`stack/Billing/Web: ${problems}`));
  });

  test.each<[string, StaticSiteConfig, string]>([
    [
      'both a rewrite and a redirect',
      { routes: [{ path: '/a', rewrite: '/b', redirect: '/c' }] },
      `'config.routes' at "/a" must have 'rewrite' or 'redirect', got both`,
    ],
    [
      'no method',
      { routes: [{ path: '/a', methods: [] }] },
      `'config.routes' at "/a" must name at least one method; leave 'methods' out for all`,
    ],
    [
      'a redirect off the path',
      { routes: [{ path: '/a', redirect: '//evil.example.com' }] },
      `'config.routes' at "/a" must have a 'redirect' to a path or to https://, got "//evil.example.com"`,
    ],
    [
      'a redirect that is none',
      { routes: [{ path: '/a', redirect: '/b', statusCode: 200 }] },
      `'config.routes' at "/a" must have a 'statusCode' of 301, 302, 307, 308 for a redirect, got 200`,
    ],
    [
      'a status that is none',
      { routes: [{ path: '/a', statusCode: 99 }] },
      `'config.routes' at "/a" must have a 'statusCode' from 200 to 599, got 99`,
    ],
    [
      'a role that is none',
      { routes: [{ path: '/a', allowedRoles: ['a-b'] }] },
      `'config.routes' at "/a" must have 'allowedRoles' of letters, digits and '_', got "a-b"`,
    ],
    [
      'a route that is never tried',
      { routes: [{ path: '/a' }, { path: '/a', methods: [StaticSiteMethod.GET] }] },
      `'config.routes' at "/a" must come before the one for all methods`,
    ],
    [
      'more roles than Azure reads',
      { routes: Array.from({ length: 51 }, (_, i) => ({ path: `/a${i}`, allowedRoles: [`r${i}`] })) },
      "'config.routes' must name at most 50 different roles, which is what Azure reads, got 51",
    ],
    [
      'a header of two lines',
      { headers: { 'X-A': 'a\nb' } },
      `'config.headers' must have headers of one line, got "X-A": "a\\nb"`,
    ],
    [
      'an error that has no page',
      { errorPages: { 500: '/500.html' } },
      `'config.errorPages' must be for 400, 401, 403 or 404, got "500"`,
    ],
    [
      'a page that is no file',
      { fallbackFile: 'index.html' },
      `'config.fallbackFile' must lead to files such as /index.html, got "index.html"`,
    ],
    [
      'an extension without a dot',
      { mimeTypes: { wasm: 'application/wasm' } },
      `'config.mimeTypes' must have extensions such as .wasm, got "wasm"`,
    ],
    [
      'a host that is an address',
      { publicHosts: ['https://www.example.com'] },
      `'config.publicHosts' must be host names in lower case, got "https://www.example.com"`,
    ],
    [
      'a range that is none',
      { allowedIpRanges: ['203.0.113.300/24'] },
      `'config.allowedIpRanges' must be IPv4 in CIDR notation, got "203.0.113.300/24"`,
    ],
    [
      'an exception that is none',
      { fallbackExcludes: ['img'] },
      `'config.fallbackExcludes' must be paths that start with '/', with '*' at most at the end or before an extension, got "img"`,
    ],
  ])('a file with %s', (_words, config, problems) => {
    expect(() => siteIn(workloadIn(DEV), { config })).toThrow(new Error(`stack/Billing/Web: ${problems}`));
  });

  test('a file that Azure does not read to its end', () => {
    const routes = Array.from({ length: 200 }, (_, i) => ({ path: `/${'x'.repeat(60)}${i}`, rewrite: '/index.html' }));

    expect(() => siteIn(workloadIn(DEV), { config: { routes } })).toThrow(
      /^stack\/Billing\/Web: 'config' must come to at most 20480 bytes, which is what Azure reads, got \d{5}$/,
    );
  });

  test('a free one outside of the economy tier', () => {
    expect(() => siteIn(workloadIn(PROD), on({ sku: StaticWebAppSku.FREE }))).toThrow(
      new Error(
        "stack/Billing/Web: 'sku' must be STANDARD outside of environments of the economy tier, got FREE in a critical one",
      ),
    );
  });

  test('a region that is missing, where none is allowed', () => {
    expect(() => siteIn(workloadIn(DEV, { location: 'germanywestcentral' }))).toThrow(
      new Error(
        `stack/Billing/Web: 'location' must be one of centralus, eastasia, eastus2, westeurope, westus2, where Static Web Apps are, got "germanywestcentral"; none of them is allowed here: use StaticSiteHost.appService()`,
      ),
    );
  });

  test('a site that nobody can reach, at synthesis', () => {
    const workload = workloadIn(DEV);
    new StaticSite(workload, 'Web');

    expect(() => new Rendered(workload)).toThrow(
      "stack/Billing/Web: nobody can reach the site: give it a 'network', put an edge in front of it, or set 'publiclyReachable' to true",
    );
  });
});
