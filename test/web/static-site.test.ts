import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { DnsRecord, DnsRecordOptions, DnsRecordType, IDnsZone } from '../../src/contracts/dns';
import { IMonitored, IWatcher } from '../../src/contracts/monitoring';
import { Environment } from '../../src/core/environment';
import { Geography } from '../../src/core/geography';
import { Workload } from '../../src/core/workload';
import { DnsZone } from '../../src/edge/dns-zone';
import { PlanSku } from '../../src/web/plan-sku';
import { StaticSite } from '../../src/web/static-site';
import { StaticSiteConfig, StaticSiteMethod } from '../../src/web/static-site-config';
import { CONFIG_FILE, EDGE_ID } from '../../src/web/static-site-config-file';
import { StaticSiteHost, StaticWebAppOptions, StaticWebAppSku } from '../../src/web/static-site-host';
import { StaticSiteProps } from '../../src/web/static-site-props';
import { networkIn, Rendered, workloadIn } from '../support';

const { DEV, STAGING, PROD } = Environment;
const SITE = 'azurerm_static_web_app';
const DOMAIN = 'azurerm_static_web_app_custom_domain';
const EDGE = {
  frontDoorGuid: Token.asString('${azurerm_cdn_frontdoor_profile.edge.resource_guid}'),
  privateLink: true,
};

class Zone extends Construct implements IDnsZone {
  public readonly zoneName = 'example.com';
  public readonly asked: unknown[][] = [];

  public addRecord(type: DnsRecordType, name: string, values: string[], options?: DnsRecordOptions): DnsRecord {
    return this.note(type, name, values, options);
  }

  public addAlias(type: DnsRecordType, name: string, resourceId: string): DnsRecord {
    return this.note(`${type} alias`, name, resourceId);
  }

  private note(...asked: unknown[]): DnsRecord {
    this.asked.push(asked);
    return { terraformAddress: 'azurerm_dns_cname_record.www' };
  }
}

const siteIn = (workload: Workload, props: StaticSiteProps = {}) =>
  new StaticSite(workload, 'Web', { publiclyReachable: true, ...props });
const on = (options: StaticWebAppOptions, props: StaticSiteProps = {}): StaticSiteProps => ({
  ...props,
  host: StaticSiteHost.staticWebApp(options),
});
const fileOf = (site: StaticSite) => JSON.parse(site.toConfigFile());

describe('defaults', () => {
  test('a Static Web App with an identity, without previews, closed unless somebody opens it', () => {
    const workload = workloadIn(DEV);

    siteIn(workload, { publiclyReachable: false, network: networkIn(workload) });

    const rendered = new Rendered(workload);
    const site = rendered.only(SITE);
    expect(site).toMatchObject({
      name: expect.stringMatching(/^stapp-billing-dev-web-[a-z0-9]{6}$/),
      location: 'westeurope',
      sku_tier: 'Standard',
      sku_size: 'Standard',
      identity: { type: 'UserAssigned' },
      public_network_access_enabled: false,
      preview_environments_enabled: false,
      configuration_file_changes_enabled: true,
    });
    expect(rendered.only('azurerm_private_endpoint')).toMatchObject({
      private_service_connection: { subresource_names: ['staticSites'] },
      private_dns_zone_group: { private_dns_zone_ids: [expect.stringMatching(/\/privatelink\.azurestaticapps\.net$/)] },
    });
    expect(JSON.stringify(rendered.json)).not.toMatch(/api_key|repository_token|basic_auth/);
  });

  test('the partition that Azure gave it is in the name of its private zone', () => {
    const workload = workloadIn(DEV);

    siteIn(workload, on({ partition: 5 }, { network: networkIn(workload) }));

    expect(new Rendered(workload).only('azurerm_private_endpoint').private_dns_zone_group.private_dns_zone_ids).toEqual(
      [expect.stringMatching(/\/privatelink\.5\.azurestaticapps\.net$/)],
    );
  });

  test('security headers, a page for every path, and nothing to be kept, always in the same order', () => {
    const site = siteIn(workloadIn(DEV));

    expect(site.toConfigFile()).toBe(siteIn(workloadIn(PROD)).toConfigFile());
    expect(fileOf(site)).toEqual({
      globalHeaders: {
        'Content-Security-Policy':
          "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
        'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
        'Referrer-Policy': 'strict-origin-when-cross-origin',
        'Strict-Transport-Security': 'max-age=31536000',
        'X-Content-Type-Options': 'nosniff',
        'X-Frame-Options': 'DENY',
      },
      navigationFallback: { rewrite: '/index.html' },
    });
  });

  test('is watched for errors, and probed where probes get in', () => {
    const workload = workloadIn(DEV);

    const open = siteIn(workload, { healthCheckPath: '/health.txt' }).toMonitoringTarget();
    const closed = new StaticSite(workload, 'Intranet', { network: networkIn(workload) }).toMonitoringTarget();

    expect(open.metricNamespace).toBe('Microsoft.Web/staticSites');
    expect(open.signals.map(({ key, metric }) => [key, metric?.metricName])).toEqual([['Errors', 'SiteErrors']]);
    expect(Object.keys(open.healthUrls!)).toEqual(['Site']);
    expect(open.healthUrls!.Site).toMatch(/^https:\/\/.*\/health\.txt$/);
    expect(closed.healthUrls).toBeUndefined();
  });

  test('a release fetches its token where it is used', () => {
    const site = siteIn(workloadIn(DEV));

    const [step, ...others] = site.toReleaseSteps();

    expect(others).toEqual([]);
    expect(step.commands).toEqual([
      `if grep -q '%FRONT_DOOR_ID%' "$SITE_DIRECTORY/staticwebapp.config.json"; then echo 'the id of the edge is missing in staticwebapp.config.json' >&2; exit 1; fi`,
      `SWA_CLI_DEPLOYMENT_TOKEN="$(az staticwebapp secrets list --resource-group ${Workload.of(site).knownResourceGroupName} --name ${site.siteName} --query properties.apiKey --output tsv)" npx --yes @azure/static-web-apps-cli deploy "$SITE_DIRECTORY" --env production`,
    ]);
  });
});

describe('environments', () => {
  test.each([DEV, STAGING, PROD])('$name: the same size, because a free one is open to everybody', (environment) => {
    const workload = workloadIn(environment);

    siteIn(workload);

    expect(new Rendered(workload).only(SITE).sku_tier).toBe('Standard');
  });

  test('a free one where it was asked for', () => {
    const workload = workloadIn(DEV);

    const site = siteIn(workload, on({ sku: StaticWebAppSku.FREE, previews: true }));

    const rendered = new Rendered(workload).only(SITE);
    expect(rendered).toMatchObject({ sku_tier: 'Free', sku_size: 'Free', preview_environments_enabled: true });
    expect(rendered.identity).toBeUndefined();
    expect(site.identity).toBeUndefined();
  });

  test('another region, where the workload lies in one without Static Web Apps', () => {
    const workload = workloadIn(PROD, { location: 'swedencentral', geography: Geography.EUROPEAN_UNION });

    siteIn(workload, on({ location: 'West Europe' }));

    expect(new Rendered(workload).only(SITE).location).toBe('westeurope');
  });
});

describe('the file', () => {
  const config: StaticSiteConfig = {
    routes: [
      { path: '/old', redirect: '/new', statusCode: 301 },
      { path: '/api*', methods: [StaticSiteMethod.GET], allowedRoles: ['authenticated'] },
      { path: '/images/*.{png,jpg}', headers: { 'Cache-Control': 'max-age=600', Accept: '' } },
      { path: '/app', rewrite: '/app.html' },
    ],
    fallbackFile: '/app.html',
    headers: { 'x-frame-options': 'SAMEORIGIN', 'X-Team': 'billing' },
    contentSecurityPolicy: "default-src 'self'; connect-src 'self' https://api.example.com",
    errorPages: { 404: '/404.html' },
    mimeTypes: { '.wasm': 'application/wasm' },
    allowedIpRanges: ['203.0.113.0/24', '198.51.100.7/32'],
    overrides: { auth: { rolesSource: '/roles' } },
  };

  test('has what was asked for, in the order in which Azure tries it', () => {
    const file = fileOf(siteIn(workloadIn(DEV), { config, immutablePaths: ['/assets/*'] }));

    expect(file).toMatchObject({
      routes: [
        { route: '/old', redirect: '/new', statusCode: 301 },
        { route: '/api*', methods: ['GET'], allowedRoles: ['authenticated'] },
        { route: '/images/*.{png,jpg}', headers: { Accept: '', 'Cache-Control': 'max-age=600' } },
        { route: '/app', rewrite: '/app.html' },
        { route: '/assets/*', headers: { 'Cache-Control': 'public, max-age=31536000, immutable' } },
      ],
      navigationFallback: { rewrite: '/app.html', exclude: ['/assets/*'] },
      responseOverrides: { 404: { rewrite: '/404.html' } },
      mimeTypes: { '.wasm': 'application/wasm' },
      networking: { allowedIpRanges: ['198.51.100.7/32', '203.0.113.0/24'] },
      auth: { rolesSource: '/roles' },
    });
    expect(file.globalHeaders).toMatchObject({ 'x-frame-options': 'SAMEORIGIN', 'X-Team': 'billing' });
    expect(file.globalHeaders).not.toHaveProperty('X-Frame-Options');
    expect(file.globalHeaders['Content-Security-Policy']).toContain('https://api.example.com');
  });

  test('without a page for other paths, and with exceptions of its own', () => {
    const workload = workloadIn(DEV);

    expect(fileOf(siteIn(workload, { config: { fallbackFile: '' } })).navigationFallback).toBeUndefined();
    const site = new StaticSite(workload, 'Docs', { config: { fallbackExcludes: ['/img/*'] } });
    expect(fileOf(site).navigationFallback).toEqual({ rewrite: '/index.html', exclude: ['/img/*'] });
  });

  test('is written where the build finds it', () => {
    const directory = mkdtempSync(join(tmpdir(), 'site-'));
    const site = siteIn(workloadIn(DEV), { config });

    site.writeConfig(directory);

    expect(readFileSync(join(directory, 'staticwebapp.config.json'), 'utf8')).toBe(site.toConfigFile());
    rmSync(directory, { recursive: true });
  });
});

describe('behind an edge', () => {
  test('stays public, since no private link leads to it, and answers to that edge alone', () => {
    const workload = workloadIn(PROD);
    const site = new StaticSite(workload, 'Web', {
      immutablePaths: ['/assets/*'],
      config: { publicHosts: ['www.example.com', 'example.com'] },
    });

    const origin = site.bindEdge(EDGE);
    site.bindEdge(EDGE);

    expect(origin).toMatchObject({ healthPath: '/', location: 'westeurope', immutablePaths: ['/assets/*'] });
    expect(origin.privateLinkTarget).toBeUndefined();
    expect(fileOf(site)).toMatchObject({
      networking: { allowedIpRanges: ['AzureFrontDoor.Backend'] },
      forwardingGateway: {
        allowedForwardedHosts: ['example.com', 'www.example.com'],
        requiredHeaders: { 'X-Azure-FDID': '%FRONT_DOOR_ID%' },
      },
    });
    const { output, resource } = new Rendered(workload).json;
    expect(Object.values<any>(resource[SITE])[0].public_network_access_enabled).toBe(true);
    const [[name, { value }]] = Object.entries<any>(output);
    expect(value).toBe('${azurerm_cdn_frontdoor_profile.edge.resource_guid}');
    const [{ key, commands }] = site.toReleaseSteps();
    expect([key, commands]).toEqual([
      'CloseToEdge',
      [
        `edge="$(terraform output -raw ${name})" && test -n "$edge" && sed -i "s/%FRONT_DOOR_ID%/$edge/" "$SITE_DIRECTORY/staticwebapp.config.json"`,
      ],
    ]);
    expect(site.toMonitoringTarget().healthUrls).toBeUndefined();
  });

  test('whose id the scripts of a pipeline put where the file has a place for it', () => {
    const assets = join(__dirname, '../../assets/delivery');
    const scripts = readdirSync(assets).map((name) => readFileSync(join(assets, name), 'utf8'));
    const constants = [...scripts.join('\n').matchAll(/^const (CONFIG|EDGE_ID) = '(.+)';$/gm)];

    expect(constants.map(([, name, value]) => [name, value])).toEqual([
      ['CONFIG', CONFIG_FILE],
      ['EDGE_ID', EDGE_ID],
    ]);
  });

  test('an id that is known stands in the file', () => {
    const site = siteIn(workloadIn(DEV));

    site.bindEdge({ frontDoorGuid: '00000000-0000-0000-0000-000000000001', privateLink: false });

    expect(fileOf(site).forwardingGateway.requiredHeaders).toEqual({
      'X-Azure-FDID': '00000000-0000-0000-0000-000000000001',
    });
    expect(site.toReleaseSteps().map(({ key }) => key)).toEqual(['Upload']);
  });
});

describe('domains', () => {
  test('below a zone: the CNAME first, then the name', () => {
    const workload = workloadIn(DEV);
    const dnsZone = new Zone(workload, 'Zone');

    const site = siteIn(workload);
    site.addDomain('www.example.com', { dnsZone });

    expect(workload.connections).toEqual([{ name: 'www.example.com', client: site, target: dnsZone }]);
    expect(dnsZone.asked).toEqual([['CNAME', 'www', [expect.any(String)], undefined]]);
    expect(new Rendered(workload).only(DOMAIN)).toMatchObject({
      domain_name: 'www.example.com',
      validation_type: 'cname-delegation',
      depends_on: ['azurerm_dns_cname_record.www'],
    });
  });

  test('a zone itself: the name first, then its token, and an alias as the way', () => {
    const workload = workloadIn(DEV);
    const dnsZone = new Zone(workload, 'Zone');

    siteIn(workload).addDomain('example.com', { dnsZone });

    const domain = new Rendered(workload).only(DOMAIN);
    expect(domain.validation_type).toBe('dns-txt-token');
    expect(domain.depends_on).toBeUndefined();
    expect(dnsZone.asked).toEqual([
      ['A alias', '@', expect.any(String)],
      ['TXT', '@', [expect.any(String)], { provesOwnership: true }],
    ]);
  });

  test('one that leads elsewhere for now, and one whose zone is elsewhere', () => {
    const workload = workloadIn(DEV);
    const dnsZone = new Zone(workload, 'Zone');
    const site = siteIn(workload);

    site.addDomain('shop.example.com', { dnsZone, provenByToken: true });
    site.addDomain('www.example.org');

    expect(dnsZone.asked[1]).toEqual(['TXT', '_dnsauth.shop', [expect.any(String)], { provesOwnership: true }]);
    const types = new Rendered(workload).all(DOMAIN).map(({ validation_type: type }) => type);
    expect(types.sort()).toEqual(['cname-delegation', 'dns-txt-token']);
  });
});

test('a token that Azure empties does not break later plans, in a zone of ours', () => {
  const workload = workloadIn(DEV);
  const dnsZone = new DnsZone(workload, 'Zone', { zoneName: 'example.com' });

  siteIn(workload).addDomain('shop.example.com', { dnsZone, provenByToken: true });

  expect(new Rendered(workload).at('azurerm_dns_txt_record', 'TXT-_dnsauth.shop')).toMatchObject({
    name: '_dnsauth.shop',
    record: [{ value: expect.stringMatching(/validation_token == "".*\? "validated" : /) }],
    lifecycle: { ignore_changes: ['record'] },
  });
});

describe('certificates', () => {
  class Watcher extends Construct implements IWatcher {
    public readonly watched: IMonitored[] = [];

    public monitor(monitored: IMonitored): void {
      this.watched.push(monitored);
    }
  }

  test('of a domain are looked at by the probe of the domain, until an edge is in front', () => {
    const workload = workloadIn(DEV);
    const watcher = new Watcher(workload, 'Watcher');
    workload.addWatcher(watcher);

    const site = siteIn(workload);
    site.addDomain('www.example.com');
    const urls = () => watcher.watched.map((monitored) => monitored.toMonitoringTarget().healthUrls);
    expect(urls()).toEqual([
      { Site: expect.stringMatching(/^https:\/\/.+\/$/) },
      { Domain: 'https://www.example.com/' },
    ]);

    site.bindEdge(EDGE);
    site.addDomain('old.example.com');
    expect(urls()).toEqual([undefined, undefined]);
  });
});

describe('on App Service', () => {
  test('a web app that serves files, watched once', () => {
    const workload = workloadIn(PROD);

    const site = siteIn(workload, {
      host: StaticSiteHost.appService({ sku: PlanSku.P1V3 }),
      immutablePaths: ['/assets/*'],
    });

    const rendered = new Rendered(workload);
    expect(rendered.only('azurerm_linux_web_app')).toMatchObject({
      site_config: {
        application_stack: { node_version: '22-lts' },
        app_command_line: 'pm2 serve /home/site/wwwroot --no-daemon --spa',
        health_check_path: '/',
      },
    });
    expect(rendered.all(SITE)).toEqual([]);
    expect(site.toMonitoringTarget().metricNamespace).toBe('Microsoft.Web/sites');
    expect(site.bindEdge(EDGE)).toMatchObject({ privateLinkTarget: 'sites', immutablePaths: ['/assets/*'] });
    expect(site.toReleaseSteps()[0].summary).toBe(
      `Puts the built site into the slot staging of ${site.siteName}; run inside of its network, since its deployment site is closed to the internet`,
    );
    expect(site.toReleaseSteps()[0].commands[1]).toBe(
      `az webapp deploy --resource-group ${workload.knownResourceGroupName} --name ${site.siteName} --slot staging --type zip --src-path "$SITE_DIRECTORY.zip"`,
    );
  });

  test.each<[string, (site: StaticSite) => void, string]>([
    ['a file', (site) => site.toConfigFile(), 'a site on App Service has no staticwebapp.config.json'],
    ['a domain', (site) => site.addDomain('www.example.com'), "a site on App Service is given domains by its 'webApp'"],
  ])('has not %s', (_words, act, problem) => {
    const site = siteIn(workloadIn(DEV), { host: StaticSiteHost.appService() });

    expect(() => act(site)).toThrow(new Error(`stack/Billing/Web: ${problem}`));
  });
});

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

  test('two edges, an edge before a free site, and one before a site for some addresses', () => {
    const workload = workloadIn(DEV);
    const site = siteIn(workload);
    site.bindEdge(EDGE);
    const free = new StaticSite(workload, 'Free', { ...on({ sku: StaticWebAppSku.FREE }), publiclyReachable: true });
    const limited = new StaticSite(workload, 'Limited', { config: { allowedIpRanges: ['203.0.113.0/24'] } });

    expect(() => site.bindEdge({ ...EDGE, frontDoorGuid: 'other' })).toThrow(
      new Error('stack/Billing/Web: the site is already closed to another edge; only one can be in front of it'),
    );
    expect(() => free.bindEdge(EDGE)).toThrow(
      new Error("stack/Billing/Free: 'sku' must be STANDARD behind an edge: a free site answers to everybody"),
    );
    expect(() => limited.bindEdge(EDGE)).toThrow(
      new Error(
        "stack/Billing/Limited: 'config.allowedIpRanges' must be left out behind an edge, which visitors come through",
      ),
    );
  });

  test('domains that are none, lie elsewhere, or are too many', () => {
    const workload = workloadIn(DEV);
    const dnsZone = new Zone(workload, 'Zone');
    const site = siteIn(workload);

    expect(() => site.addDomain('*.example.com')).toThrow(
      `the domain must be a literal host name in lower case, without a wildcard; got "*.example.com"`,
    );
    expect(() => site.addDomain('www.example.org', { dnsZone })).toThrow(
      `the domain must be the zone example.com or lie below it, got "www.example.org"`,
    );
    expect(() => site.addDomain('example.com', { dnsZone, provenByToken: false })).toThrow(
      "'provenByToken' must not be false for a zone itself, which cannot have a CNAME",
    );
    const full = new StaticSite(workload, 'Full');
    ['a', 'b', 'c', 'd', 'e'].forEach((name) => full.addDomain(`${name}.example.com`));
    expect(() => full.addDomain('f.example.com')).toThrow(
      new Error(
        'stack/Billing/Full: a Static Web App must have at most 5 domains, got "f.example.com" in addition; put an edge in front of it',
      ),
    );
  });
});

describe('escape hatch', () => {
  test('every resource can be changed, and what was imported watched', () => {
    const workload = workloadIn(DEV);
    const site = siteIn(workload, { ignoreChanges: ['tags'] });

    site.resources.staticWebApp!.appSettings = { MODE: 'demo' };

    expect(new Rendered(workload).only(SITE)).toMatchObject({
      app_settings: { MODE: 'demo' },
      // what a release notes on the site is not Terraform's
      lifecycle: { ignore_changes: ['tags', 'tags["hidden-rollout-candidate"]', 'tags["hidden-rollout-previous"]'] },
    });
    expect(site.node.defaultChild).toBe(site.resources.staticWebApp);
    const imported = StaticSite.fromAttributes(workload, 'Other', {
      siteId: '/subscriptions/0/resourceGroups/rg/providers/Microsoft.Web/staticSites/other',
      defaultHostName: 'calm-sea.azurestaticapps.net',
    });
    expect(imported.toMonitoringTarget().resourceId).toBe(imported.siteId);
  });
});
