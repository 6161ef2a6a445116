import { readFileSync } from 'fs';
import { join } from 'path';
import { Environment } from '../../src/core/environment';
import { Geography } from '../../src/core/geography';
import { Workload } from '../../src/core/workload';
import { StaticSite } from '../../src/web/static-site';
import { StaticSiteConfig, StaticSiteMethod } from '../../src/web/static-site-config';
import { StaticWebAppSku } from '../../src/web/static-site-host';
import { networkIn, Rendered, workloadIn } from '../support';
import { scratch } from '../support/scratch';
import { fileOf, on, siteIn } from './static-site-fixtures';

const { DEV, STAGING, PROD } = Environment;
const SITE = 'azurerm_static_web_app';

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
    const directory = scratch('site');
    const site = siteIn(workloadIn(DEV), { config });

    site.writeConfig(directory);

    expect(readFileSync(join(directory, 'staticwebapp.config.json'), 'utf8')).toBe(site.toConfigFile());
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
