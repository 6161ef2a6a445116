import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { DnsRecord, DnsRecordOptions, DnsRecordType, IDnsZone } from '../../src/contracts/dns';
import { IMonitored, IWatcher } from '../../src/contracts/monitoring';
import { Environment } from '../../src/core/environment';
import { DnsZone } from '../../src/edge/dns-zone';
import { PlanSku } from '../../src/web/plan-sku';
import { StaticSite } from '../../src/web/static-site';
import { CONFIG_FILE, EDGE_ID } from '../../src/web/static-site-config-file';
import { StaticSiteHost, StaticWebAppSku } from '../../src/web/static-site-host';
import { Rendered, workloadIn } from '../support';
import { fileOf, on, siteIn } from './static-site-fixtures';

const { DEV, PROD } = Environment;
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
