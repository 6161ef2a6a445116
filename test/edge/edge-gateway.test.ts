import { Construct } from 'constructs';
import { EdgeBinding, EdgeOrigin, IEdgeOrigin } from '../../src/contracts/edge';
import { IMonitored, IWatcher, Severity } from '../../src/contracts/monitoring';
import { Environment } from '../../src/core/environment';
import { addressOf } from '../../src/core/protection';
import { resolvedIn } from '../../src/core/validation';
import { Workload } from '../../src/core/workload';
import { DnsZone } from '../../src/edge/dns-zone';
import { EdgeGateway } from '../../src/edge/edge-gateway';
import { EdgeBackendOptions, EdgeGatewayProps, EdgeProbeMethod } from '../../src/edge/edge-options';
import { EdgeTier } from '../../src/edge/edge-tier';
import { SecureWebApp } from '../../src/web/secure-web-app';
import { WebAppRuntime } from '../../src/web/web-app-runtime';
import { ENVIRONMENTS, Rendered, workloadIn } from '../support';

const SITE = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Web/sites';

/** Stands for an app, or with nothing to link to for a static site. */
class Origin extends Construct implements IEdgeOrigin {
  public readonly bindings: EdgeBinding[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly answer: Partial<EdgeOrigin> = {},
  ) {
    super(scope, id);
  }

  public bindEdge(edge: EdgeBinding): EdgeOrigin {
    this.bindings.push(edge);
    return {
      hostName: `${this.node.id}.example.net`,
      healthPath: '/health',
      resourceId: `${SITE}/${this.node.id}`,
      privateLinkTarget: 'sites',
      location: 'westeurope',
      ...this.answer,
    };
  }
}

const LOCKED = { privateLinkTarget: undefined };

function edgeIn(environment = Environment.DEV, props: EdgeGatewayProps = {}) {
  const workload = workloadIn(environment);
  const origin = (id: string, answer: Partial<EdgeOrigin> = {}) => new Origin(workload, id, answer);
  return { workload, origin, edge: new EdgeGateway(workload, 'Edge', props) };
}

const zoneIn = (workload: Workload, zoneName = 'example.com') =>
  new DnsZone(workload, zoneName, { zoneName, mailElsewhere: true });

describe('defaults', () => {
  test('Front Door Premium with one endpoint, whose logs hold no arguments', () => {
    const { workload } = edgeIn();

    const rendered = new Rendered(workload);

    const profile = rendered.only('azurerm_cdn_frontdoor_profile');
    expect(profile).toMatchObject({
      sku_name: 'Premium_AzureFrontDoor',
      response_timeout_seconds: 60,
      log_scrubbing_rule: [{ match_variable: 'QueryStringArgNames' }],
    });
    expect(rendered.only('azurerm_cdn_frontdoor_endpoint')).toMatchObject({ enabled: true });
    expect(rendered.only('azurerm_cdn_frontdoor_firewall_policy').sku_name).toBe(profile.sku_name);
  });

  test('HTTPS only, and nothing kept, of an application behind a private link', () => {
    const { workload, origin, edge } = edgeIn();
    const api = origin('api');

    const { resources } = edge.addBackend('Api', api);

    const rendered = new Rendered(workload);
    expect(api.bindings).toEqual([{ frontDoorGuid: edge.frontDoorGuid, privateLink: true }]);
    expect(rendered.only('azurerm_cdn_frontdoor_route')).toMatchObject({
      name: 'api',
      enabled: true,
      patterns_to_match: ['/*'],
      supported_protocols: ['Http', 'Https'],
      https_redirect_enabled: true,
      forwarding_protocol: 'HttpsOnly',
      link_to_default_domain: true,
      cdn_frontdoor_origin_ids: [`\${${addressOf(resources.origins.main)}.id}`],
      cdn_frontdoor_rule_set_ids: [`\${${addressOf(edge.resources.ruleSet)}.id}`],
    });
    expect(rendered.only('azurerm_cdn_frontdoor_route')).not.toHaveProperty('cache');
    expect(rendered.only('azurerm_cdn_frontdoor_route')).not.toHaveProperty('cdn_frontdoor_custom_domain_ids');
    expect(rendered.only('azurerm_cdn_frontdoor_origin_group')).toMatchObject({
      name: 'api',
      session_affinity_enabled: false,
      load_balancing: { sample_size: 4, successful_samples_required: 3 },
      health_probe: { path: '/health', protocol: 'Https', request_type: 'HEAD', interval_in_seconds: 60 },
    });
    expect(rendered.only('azurerm_cdn_frontdoor_origin')).toMatchObject({
      // left out, azurerm creates it disabled
      enabled: true,
      host_name: 'api.example.net',
      origin_host_header: 'api.example.net',
      certificate_name_check_enabled: true,
      priority: 1,
      weight: 500,
      private_link: {
        private_link_target_id: `${SITE}/api`,
        target_type: 'sites',
        location: 'westeurope',
        request_message: `Front Door ${edge.profileName}`,
      },
    });
  });

  test('security headers in rules of at most five actions, after the origins', () => {
    const { workload, origin, edge } = edgeIn();
    const { resources } = edge.addBackend('api', origin('api'));
    resources.route.addOverride('enabled', true);

    const rules = new Rendered(workload).all('azurerm_cdn_frontdoor_rule');

    expect(rules.map(({ name, order }) => [name, order])).toEqual([
      ['SecurityHeaders', 1],
      ['ServerHeaders', 2],
    ]);
    expect(rules[0].actions.response_header_action).toEqual(
      Object.entries({
        'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
        'Referrer-Policy': 'strict-origin-when-cross-origin',
        'Strict-Transport-Security': 'max-age=31536000',
        'X-Content-Type-Options': 'nosniff',
        'X-Frame-Options': 'DENY',
      }).map(([header_name, value]) => ({ header_action: 'Overwrite', header_name, value })),
    );
    // a value with Delete is refused in the middle of an apply
    expect(rules[1].actions.response_header_action).toEqual(
      ['Server', 'X-AspNet-Version', 'X-Powered-By'].map((header_name) => ({ header_action: 'Delete', header_name })),
    );
    const before = [resources.origins.main, resources.originGroup].map(addressOf);
    rules.forEach((rule) => expect(rule.depends_on).toEqual(before));
  });

  test('the firewall is before the address of Azure and before every domain', () => {
    const { workload, origin, edge } = edgeIn();
    edge.addBackend('api', origin('api'), { domains: ['b.example.com', 'a.example.com'] });

    const domain = (id: string) => ({ cdn_frontdoor_domain_id: expect.stringContaining(id) });
    expect(new Rendered(workload).only('azurerm_cdn_frontdoor_security_policy').security_policies.firewall).toEqual({
      cdn_frontdoor_firewall_policy_id: `\${${addressOf(edge.resources.firewallPolicy)}.id}`,
      association: {
        patterns_to_match: ['/*'],
        domain: [domain('Endpoint'), domain('aexamplecom'), domain('bexamplecom')],
      },
    });
  });
});

describe('origins', () => {
  test('that no private link leads to tell the edge apart by its header', () => {
    const { workload, origin, edge } = edgeIn();
    const [site, api] = [origin('site', LOCKED), origin('api')];
    edge.addFrontend('site', site, { domains: ['www.example.com'] });
    edge.addBackend('api', api, { privateLink: false });

    expect(site.bindings[0].privateLink).toBe(true);
    expect(api.bindings[0].privateLink).toBe(false);
    new Rendered(workload)
      .all('azurerm_cdn_frontdoor_origin')
      .forEach((found) => expect(found).not.toHaveProperty('private_link'));
    expect(edge.approvalCommands).toEqual([]);
  });

  test('several share the load, or stand by', () => {
    const { workload, origin, edge } = edgeIn();
    const backend = edge.addBackend('api', origin('api'), {
      probeMethod: EdgeProbeMethod.GET,
      probeIntervalSeconds: 30,
    });
    backend.addOrigin('Second', origin('second', { location: 'northeurope' }), { priority: 2, weight: 1000 });

    const rendered = new Rendered(workload);

    expect(rendered.only('azurerm_cdn_frontdoor_origin_group').health_probe).toMatchObject({
      request_type: 'GET',
      interval_in_seconds: 30,
    });
    expect(rendered.at('azurerm_cdn_frontdoor_origin', 'Backend-api/Origin-Second')).toMatchObject({
      name: 'second',
      enabled: true,
      priority: 2,
      weight: 1000,
      private_link: { location: 'northeurope' },
    });
    expect(rendered.only('azurerm_cdn_frontdoor_route').cdn_frontdoor_origin_ids).toEqual([
      `\${${addressOf(backend.resources.origins.Second)}.id}`,
      `\${${addressOf(backend.resources.origins.main)}.id}`,
    ]);
    expect(rendered.all('azurerm_cdn_frontdoor_rule')[0].depends_on).toHaveLength(3);
    expect(edge.toRecoverySteps().map(({ key, occasion }) => [key, occasion])).toEqual([
      ['PurgeCache', 'rollback'],
      ['ApproveOrigins', 'restore'],
      ['TakeOut-api-Second', 'failover'],
      ['TakeOut-api-main', 'failover'],
    ]);
  });

  test('an app lets in nothing but the edge', () => {
    const { workload, edge } = edgeIn(Environment.PROD);
    const runtime = WebAppRuntime.node('22-lts');
    edge.addBackend('api', new SecureWebApp(workload, 'Api', { runtime }), { domains: ['api.example.com'] });
    edge.addBackend('open', new SecureWebApp(workload, 'Open', { runtime }), { privateLink: false });

    const rendered = new Rendered(workload);

    expect(rendered.at('azurerm_linux_web_app', 'Api/Resource')).toMatchObject({
      public_network_access_enabled: false,
      site_config: { ip_restriction_default_action: 'Deny' },
    });
    expect(rendered.at('azurerm_linux_web_app', 'Open/Resource')).toMatchObject({
      public_network_access_enabled: true,
      site_config: {
        ip_restriction_default_action: 'Deny',
        ip_restriction: [
          {
            service_tag: 'AzureFrontDoor.Backend',
            headers: [{ x_azure_fdid: [`\${${addressOf(edge.resources.profile)}.resource_guid}`] }],
          },
        ],
      },
    });
    const { profileName } = edge;
    expect(edge.approvalCommands).toEqual([
      expect.stringMatching(
        new RegExp(
          `^az network private-endpoint-connection list --id \\S+ --query "\\[\\?properties.privateLinkServiceConnectionState.status=='Pending' && properties.privateLinkServiceConnectionState.description=='Front Door ${profileName}'\\].id" --output tsv \\| xargs -r -n 1 az network private-endpoint-connection approve --description 'Front Door' --id$`,
        ),
      ),
    ]);
  });
});

describe('domains', () => {
  test('are certified by Azure, proved and led here by the zone', () => {
    const workload = workloadIn(Environment.DEV);
    const zones = [zoneIn(workload), zoneIn(workload, 'shop.example.com')];
    const edge = new EdgeGateway(workload, 'Edge', { dnsZones: zones });
    const { resources } = edge.addFrontend('site', new Origin(workload, 'site', LOCKED), {
      domains: ['www.example.com', 'shop.example.com'],
    });
    edge.addBackend('api', new Origin(workload, 'api'), { domains: ['my-api.eu.example.com'] });

    const rendered = new Rendered(workload);

    expect(rendered.at('azurerm_cdn_frontdoor_custom_domain', 'Domain-my-api.eu.example.com/Resource')).toMatchObject({
      name: 'my--api-eu-example-com',
      host_name: 'my-api.eu.example.com',
      tls: { certificate_type: 'ManagedCertificate' },
      lifecycle: { create_before_destroy: true },
    });
    // a way around the domains
    rendered.all('azurerm_cdn_frontdoor_route').forEach((route) => expect(route.link_to_default_domain).toBe(false));
    const after = expect.arrayContaining(
      [edge.resources.securityPolicy, resources.route, resources.immutableRoute!].map(addressOf),
    );
    expect(rendered.at('azurerm_dns_cname_record', 'example.com/CNAME-www')).toMatchObject({
      record: `\${${addressOf(edge.resources.endpoint)}.host_name}`,
      depends_on: after,
    });
    expect(rendered.at('azurerm_dns_a_record', 'shop.example.com/A-@')).toMatchObject({
      target_resource_id: `\${${addressOf(edge.resources.endpoint)}.id}`,
      depends_on: after,
    });
    expect(rendered.at('azurerm_dns_txt_record', 'example.com/TXT-_dnsauth.my-api.eu')).toMatchObject({
      record: [{ value: expect.stringMatching(/^\$\{\((\S+validation_token) == ""\) \? "validated" : \1\}$/) }],
      lifecycle: {
        ignore_changes: ['record'],
        // with another token
        replace_triggered_by: [expect.stringMatching(/^azurerm_cdn_frontdoor_custom_domain\.\S+my-api\S+$/)],
      },
    });
    expect(rendered.at('azurerm_dns_txt_record', 'shop.example.com/TXT-_dnsauth').name).toBe('_dnsauth');
  });

  test('whose zone is elsewhere say what to write there', () => {
    const { workload, origin, edge } = edgeIn();
    const domain = edge.addDomain('www.example.org');
    edge.addBackend('api', origin('api'));

    expect(domain.proofName).toBe('_dnsauth.www.example.org');
    expect(domain.resources.customDomain.validationToken).toBeDefined();
    const [route] = new Rendered(workload).all('azurerm_cdn_frontdoor_route');
    expect(route.cdn_frontdoor_custom_domain_ids).toHaveLength(1);
  });

  test('the domain of a whole zone is proved again twice a year', () => {
    const workload = workloadIn(Environment.PROD);
    const edge = new EdgeGateway(workload, 'Edge');
    edge.addDomain('example.com', { dnsZone: zoneIn(workload) });

    const step = edge.toRecoverySteps().find(({ occasion }) => occasion === 'renewal');

    expect(step?.key).toBe('ProveAgain-example.com');
    expect(step?.commands[0]).toMatch(
      /^az afd custom-domain regenerate-validation-token --resource-group rg-billing-prod-\w+ --profile-name afd-billing-prod-edge-\w+ --custom-domain-name example-com$/,
    );
    expect(step?.commands[2]).toContain('--zone-name example.com --name _dnsauth --set');
  });

  test('belong to the backend that names them, the others to the rest, in whatever order', () => {
    const targets = [false, true].map((domainsFirst) => {
      const { workload, origin, edge } = edgeIn();
      const add = () => ['b.example.com', 'a.example.com'].forEach((name) => edge.addDomain(name));
      if (domainsFirst) {
        add();
      }
      edge.addBackend(
        'named',
        origin('named'),
        domainsFirst ? { domains: ['a.example.com'] } : { domains: ['c.example.com'] },
      );
      edge.addBackend('rest', origin('rest'));
      if (!domainsFirst) {
        add();
      }
      const rendered = new Rendered(workload);
      return rendered.at('azurerm_cdn_frontdoor_route', 'Backend-rest/Route').cdn_frontdoor_custom_domain_ids;
    });

    expect(targets[0]).toEqual([expect.stringContaining('aexample'), expect.stringContaining('bexample')]);
    expect(targets[1]).toEqual([expect.stringContaining('bexample')]);
  });
});

describe('paths', () => {
  test('what never changes is kept and compressed', () => {
    const { workload, origin, edge } = edgeIn();
    edge.addFrontend('site', origin('site'), { domains: ['www.example.com'] });
    edge.addFrontend('own', origin('own', { immutablePaths: ['/b/*', '/a/*'] }), { domains: ['own.example.com'] });
    edge.addBackend('api', origin('api'), { domains: ['www.example.com'], paths: ['/api/*'] });
    edge.addFrontend('none', origin('none'), { immutablePaths: [] });

    const rendered = new Rendered(workload);

    const route = (path: string) => rendered.at('azurerm_cdn_frontdoor_route', path);
    expect(route('Backend-site/ImmutableRoute')).toMatchObject({
      name: 'site--immutable',
      patterns_to_match: ['/assets/*', '/static/*'],
      forwarding_protocol: 'HttpsOnly',
      https_redirect_enabled: true,
      cache: {
        query_string_caching_behavior: 'UseQueryString',
        compression_enabled: true,
        content_types_to_compress: expect.arrayContaining(['text/html', 'application/javascript']),
      },
    });
    expect(route('Backend-own/ImmutableRoute').patterns_to_match).toEqual(['/a/*', '/b/*']);
    expect(route('Backend-api/Route').patterns_to_match).toEqual(['/api/*']);
    expect(rendered.all('azurerm_cdn_frontdoor_route')).toHaveLength(6);
  });
});

describe('choices', () => {
  test('STANDARD has neither private links nor rules of Microsoft', () => {
    const { workload, origin, edge } = edgeIn(Environment.DEV, { tier: EdgeTier.STANDARD });
    const api = origin('api');
    edge.addBackend('api', api);

    const rendered = new Rendered(workload);

    expect(api.bindings[0].privateLink).toBe(false);
    expect(rendered.only('azurerm_cdn_frontdoor_profile').sku_name).toBe('Standard_AzureFrontDoor');
    expect(rendered.only('azurerm_cdn_frontdoor_firewall_policy').sku_name).toBe('Standard_AzureFrontDoor');
    expect(rendered.only('azurerm_cdn_frontdoor_firewall_policy')).not.toHaveProperty('managed_rule');
    expect(rendered.only('azurerm_cdn_frontdoor_origin')).not.toHaveProperty('private_link');
  });

  test('headers of one’s own win, also over what is taken away', () => {
    const { workload } = edgeIn(Environment.DEV, {
      responseHeaders: { 'x-frame-options': 'SAMEORIGIN', 'Content-Security-Policy': "default-src 'self'", Server: '' },
      responseTimeoutSeconds: 240,
      anonymousLogs: true,
    });

    const rendered = new Rendered(workload);

    const headers = (path: string) =>
      rendered
        .at('azurerm_cdn_frontdoor_rule', path)
        .actions.response_header_action.map((action: any) => action.header_name);
    expect(headers('SecurityHeaders')).not.toContain('X-Frame-Options');
    expect(headers('ServerHeaders')).toEqual(['X-AspNet-Version', 'X-Powered-By']);
    expect(headers('OwnHeaders')).toEqual(['Content-Security-Policy', 'x-frame-options']);
    expect(rendered.at('azurerm_cdn_frontdoor_rule', 'OwnHeaders').order).toBe(3);
    expect(rendered.only('azurerm_cdn_frontdoor_profile')).toMatchObject({
      response_timeout_seconds: 240,
      log_scrubbing_rule: [{ match_variable: 'QueryStringArgNames' }, { match_variable: 'RequestIPAddress' }],
    });
  });
});

describe('environments', () => {
  test.each(ENVIRONMENTS)('$name: the same protection everywhere', (environment) => {
    const { workload } = edgeIn(environment);

    const rendered = new Rendered(workload);

    expect(rendered.only('azurerm_cdn_frontdoor_profile').sku_name).toBe('Premium_AzureFrontDoor');
    expect(rendered.only('azurerm_cdn_frontdoor_firewall_policy').mode).toBe('Prevention');
  });
});

describe('watched', () => {
  class Watcher extends Construct implements IWatcher {
    public readonly seen: IMonitored[] = [];
    public monitor(monitored: IMonitored): void {
      this.seen.push(monitored);
    }
  }

  const urlsOf = (workload: Workload, { seen }: Watcher) =>
    seen.flatMap((monitored) =>
      Object.values(monitored.toMonitoringTarget().healthUrls ?? {}).map((url) => resolvedIn(workload, url)),
    );

  test('by metrics of Front Door', () => {
    const { edge } = edgeIn();

    const target = edge.toMonitoringTarget();

    expect(target).toMatchObject({ metricNamespace: 'Microsoft.Cdn/profiles', logSources: { Edge: edge.profileId } });
    expect(target.signals.map(({ key, metric, severity }) => [key, metric?.metricName, severity])).toEqual([
      ['OriginHealth', 'OriginHealthPercentage', Severity.P1],
      ['ServerErrors', 'Percentage5XX', Severity.P1],
      ['Latency', 'TotalLatency', Severity.P2],
      ['Blocked', 'WebApplicationFirewallRequestCount', Severity.P2],
    ]);
    expect(target.signals[3].metric?.dimensions).toEqual({ Action: ['Block'] });
    const tuning = edgeIn(Environment.DEV, { firewall: { detectOnly: true } }).edge.toMonitoringTarget();
    expect(tuning.signals[3].metric?.dimensions).toEqual({ Action: ['Log'] });
  });

  test('every domain under a path that answers, and without domains the address of Azure', () => {
    const { workload, origin, edge } = edgeIn();
    const watcher = new Watcher(workload, 'Watcher');
    workload.addWatcher(watcher);
    const paths = ['/api/*', '/live'];
    edge.addBackend('api', origin('api', { healthPath: '/live' }), { domains: ['www.example.com'], paths });
    edge.addFrontend('site', origin('site', { healthPath: '/' }), { domains: ['www.example.com'] });

    expect(urlsOf(workload, watcher)).toEqual(['https://www.example.com/live']);

    const bare = edgeIn();
    const other = new Watcher(bare.workload, 'Watcher');
    bare.workload.addWatcher(other);
    bare.edge.addBackend('api', bare.origin('api'));
    expect(urlsOf(bare.workload, other)).toEqual([
      `https://\${${addressOf(bare.edge.resources.endpoint)}.host_name}/health`,
    ]);
  });

  test('or not', () => {
    const workload = workloadIn(Environment.DEV);
    const watcher = new Watcher(workload, 'Watcher');
    workload.addWatcher(watcher);
    const edge = new EdgeGateway(workload, 'Edge', { unmonitored: true });
    edge.addBackend('api', new Origin(workload, 'api'), { domains: ['api.example.com'] });

    expect(watcher.seen).toEqual([]);
  });
});

describe('fails', () => {
  test('every prop, all at once', () => {
    expect(() =>
      edgeIn(Environment.DEV, {
        responseTimeoutSeconds: 10,
        responseHeaders: { 'a b': '', X: '1', x: '2', C: '', D: 'a\nb' },
      }),
    ).toThrow(
      "Billing/Edge: 'responseTimeoutSeconds' must be a whole number from 16 to 240, got 10; " +
        '\'responseHeaders\' must have literal names of letters, digits and hyphens, got "a b"; ' +
        "'responseHeaders' must name each header once, in whatever case; " +
        '\'responseHeaders\' must have values of one line, of at most 1024 printable characters of ASCII, and that of D is "a\\nb"',
    );
    expect(() =>
      edgeIn(Environment.DEV, { responseHeaders: { A: '1', B: '1', C: '1', D: '1', E: '1', F: '1' } }),
    ).toThrow(
      "'responseHeaders' must have at most 5 with a value, which is what one rule of Front Door can write; got 6",
    );
  });

  const KEY = "'key' must be a literal of 2 to 50 letters and digits, with single hyphens between them; got";

  test.each<[string, string, EdgeBackendOptions, Partial<EdgeOrigin>, string]>([
    ['a key that is none', 'a--b', {}, {}, `Edge: ${KEY} "a--b"`],
    ['a key in use', 'THERE', {}, {}, 'Edge: the backend "THERE" exists already'],
    [
      'a domain that is none',
      'api',
      { domains: ['*.example.com'] },
      {},
      'Edge: \'domains\' must be a literal host name in lower case, without a wildcard, for which azurerm gets no certificate; got "*.example.com"',
    ],
    ['no domains', 'api', { domains: [] }, {}, "Edge: 'domains' must name at least one, or be left out; got none"],
    ['a domain twice', 'api', { domains: ['a.de', 'a.de'] }, {}, "Edge: 'domains' must name each domain once"],
    ['no paths', 'api', { paths: [] }, {}, "Edge: 'paths' must have at least one, or be left out; got none"],
    [
      'many paths',
      'api',
      { paths: Array.from({ length: 26 }, (_, i) => `/${i}`) },
      {},
      "Edge: 'paths' must have at most 25, got 26",
    ],
    ['a path twice', 'api', { paths: ['/a', '/a'] }, {}, "Edge: 'paths' must name each path once"],
    [
      'a path that is none',
      'api',
      { immutablePaths: ['/*.js'] },
      {},
      'Edge: \'immutablePaths\' must be literal paths, exact or with * as their last part, e.g. /api/*; got "/*.js"',
    ],
    [
      'a path on both sides',
      'api',
      { paths: ['/a'], immutablePaths: ['/a'] },
      {},
      "Edge: 'immutablePaths' and 'paths' must differ, got \"/a\" in both",
    ],
    [
      'numbers out of range',
      'api',
      { healthPath: 'health', probeIntervalSeconds: 256, priority: 6, weight: 0, privateLinkLocation: 'atlantis' },
      {},
      'Edge: \'healthPath\' must be a literal path with a slash first, without query, got "health"; ' +
        "'probeIntervalSeconds' must be a whole number from 5 to 255, got 256; " +
        "'priority' must be a whole number from 1 to 5, got 6; 'weight' must be a whole number from 1 to 1000, got 0; " +
        "'privateLinkLocation' must be australiaeast, brazilsouth,",
    ],
    [
      'a private link that leads nowhere',
      'api',
      { privateLink: true },
      LOCKED,
      "Edge/Backend-api: 'privateLink' must be left out: none leads to the origin main, which tells this edge apart by its header",
    ],
    [
      'a start of no link',
      'api',
      { privateLink: false, privateLinkLocation: 'westeurope' },
      {},
      "Edge: 'privateLinkLocation' says where a private link starts, and there is none",
    ],
    [
      'a link that Front Door does not make',
      'api',
      {},
      { privateLinkTarget: 'staticSites' },
      'Edge/Backend-api: no private link of Front Door leads to "staticSites" of the origin main, only to blob, blob_secondary, Gateway, managedEnvironments, sites, web, web_secondary; say \'privateLink: false\'',
    ],
    [
      'a region without links',
      'api',
      {},
      { location: 'polandcentral' },
      "Edge/Backend-api: Front Door has no private links in polandcentral, where the origin main is: name the nearest region that has as 'privateLinkLocation', one of australiaeast,",
    ],
  ])('%s', (_, key, options, answer, message) => {
    const { edge, origin } = edgeIn();
    edge.addBackend('there', origin('there'));

    expect(() => edge.addBackend(key, origin('new', answer), options)).toThrow(`stack/Billing/${message}`);
  });

  test('origins that do not go together', () => {
    const { edge, origin } = edgeIn();
    const backend = edge.addBackend('api', origin('api'));

    expect(() => backend.addOrigin('main', origin('a'))).toThrow(
      'stack/Billing/Edge/Backend-api: the origin "main" exists already',
    );
    expect(() => backend.addOrigin('x', origin('b'))).toThrow(`stack/Billing/Edge/Backend-api: ${KEY} "x"`);
    expect(() => backend.addOrigin('other', origin('c', { healthPath: '/up' }))).toThrow(
      "stack/Billing/Edge/Backend-api: all origins are probed under one path, and other answers under /up in place of /health: give the backend a 'healthPath' that all of them have",
    );
    expect(() => backend.addOrigin('public', origin('d'), { privateLink: false })).toThrow(
      "stack/Billing/Edge/Backend-api: Azure takes no group of which some origins are reached by private link and others are not, and public differs; say 'privateLink: false' for all of them",
    );
  });

  test('a private link of STANDARD', () => {
    const { edge, origin } = edgeIn(Environment.DEV, { tier: EdgeTier.STANDARD });

    expect(() => edge.addBackend('api', origin('api'), { privateLink: true })).toThrow(
      "stack/Billing/Edge: 'privateLink' needs the tier PREMIUM; with STANDARD origins tell this edge apart by its header",
    );
  });

  test('domains that cannot be', () => {
    const { workload, edge } = edgeIn();
    edge.addDomain('a.example.com');

    expect(() => edge.addDomain('a.example.com')).toThrow(
      'stack/Billing/Edge: the domain a.example.com exists already',
    );
    expect(() => edge.addDomain('a.example.org', { dnsZone: zoneIn(workload) })).toThrow(
      'stack/Billing/Edge: the domain a.example.org must lie in the zone example.com',
    );
  });

  test('at synthesis: domains that lead nowhere, and paths that lead to two', () => {
    const { workload, origin, edge } = edgeIn();
    edge.addDomain('free.example.com');
    edge.addBackend('a1', origin('a'), { domains: ['a.example.com'], paths: ['/x', '/y'] });
    edge.addBackend('a2', origin('b'), { domains: ['a.example.com'], paths: ['/y'] });

    expect(() => new Rendered(workload)).toThrow(
      /nothing is served under free\.example\.com: name it in the 'domains' of a backend\n.*\/y of a\.example\.com leads to a1 and a2: give them 'domains' or 'paths' of their own/,
    );

    const bare = edgeIn();
    bare.edge.addBackend('a1', bare.origin('a'));
    bare.edge.addBackend('a2', bare.origin('b'));
    expect(() => new Rendered(bare.workload)).toThrow(/\/\* of the address that Azure gives leads to a1 and a2/);
  });

  test('more whole zones than aliases lead here', () => {
    const { workload, edge } = edgeIn();
    const add = (i: number) => edge.addDomain(`d${i}.org`, { dnsZone: zoneIn(workload, `d${i}.org`) });
    Array.from({ length: 20 }, (_, i) => add(i));

    expect(() => add(20)).toThrow(
      'stack/Billing/Edge: at most 20 domains of whole zones lead to one edge, since no more aliases lead to one resource of Azure',
    );
  });

  test('more domains than the tier takes', () => {
    const { edge } = edgeIn(Environment.DEV, { tier: EdgeTier.STANDARD });
    Array.from({ length: 100 }, (_, i) => edge.addDomain(`d${i}.example.com`));

    expect(() => edge.addDomain('one.example.com')).toThrow(
      'stack/Billing/Edge: Front Door has at most 100 domains in this tier',
    );
  });
});

describe('escape hatch', () => {
  test('everything is within reach', () => {
    const { workload, origin, edge } = edgeIn();
    const backend = edge.addBackend('api', origin('api'), { domains: ['api.example.com'] });
    edge.resources.firewallPolicy.customBlockResponseStatusCode = 429;
    backend.resources.originGroup.sessionAffinityEnabled = true;
    backend.resources.origins.main.weight = 7;
    edge.resources.profile.responseTimeoutSeconds = 30;

    const rendered = new Rendered(workload);

    expect(rendered.only('azurerm_cdn_frontdoor_firewall_policy').custom_block_response_status_code).toBe(429);
    expect(rendered.only('azurerm_cdn_frontdoor_origin_group').session_affinity_enabled).toBe(true);
    expect(rendered.only('azurerm_cdn_frontdoor_origin').weight).toBe(7);
    expect(edge.node.defaultChild).toBe(edge.resources.profile);
  });
});
