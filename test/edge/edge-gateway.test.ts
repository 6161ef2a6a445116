import { Construct } from 'constructs';
import { IMonitored, IWatcher, Severity } from '../../src/contracts/monitoring';
import { Environment } from '../../src/core/environment';
import { addressOf } from '../../src/core/protection';
import { resolvedIn } from '../../src/core/validation';
import { Workload } from '../../src/core/workload';
import { EdgeGateway } from '../../src/edge/edge-gateway';
import { EdgeTier } from '../../src/edge/edge-tier';
import { ENVIRONMENTS, Rendered, workloadIn } from '../support';
import { edgeIn, Origin, SITE } from './edge-fixtures';

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
      http_port: 80,
      https_port: 443,
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
