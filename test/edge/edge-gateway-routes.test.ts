import { Environment } from '../../src/core/environment';
import { addressOf } from '../../src/core/protection';
import { Workload } from '../../src/core/workload';
import { DnsZone } from '../../src/edge/dns-zone';
import { EdgeGateway } from '../../src/edge/edge-gateway';
import { EdgeProbeMethod } from '../../src/edge/edge-options';
import { SecureWebApp } from '../../src/web/secure-web-app';
import { WebAppRuntime } from '../../src/web/web-app-runtime';
import { Rendered, workloadIn } from '../support';
import { edgeIn, LOCKED, Origin } from './edge-fixtures';

const zoneIn = (workload: Workload, zoneName = 'example.com') =>
  new DnsZone(workload, zoneName, { zoneName, mailElsewhere: true });

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

  test('in none of the zones are told about, since most are misspelt', () => {
    const workload = workloadIn(Environment.DEV);
    const edge = new EdgeGateway(workload, 'Edge', { dnsZones: [zoneIn(workload)] });
    const [stray, found, elsewhere] = [
      edge.addDomain('api.exmaple.com'),
      edge.addDomain('api.example.com'),
      edge.addDomain('api.example.org', { dnsZone: zoneIn(workload, 'example.org') }),
    ].map(({ node }) => node.metadata.map(({ data }) => data));

    expect(stray).toEqual([
      "api.exmaple.com lies in none of 'dnsZones' (example.com): nobody proves it, or leads it here, before its records are written elsewhere; see 'proofName' and 'proof', or give its 'dnsZone'",
    ]);
    expect([found, elsewhere]).toEqual([[], []]);
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

describe('fails', () => {
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
});
