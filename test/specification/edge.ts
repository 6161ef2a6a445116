import { row } from './row';
import { example, platform, platformIn } from './synthesized';

row('EDG-1', () => {
  const prod = platformIn('prod');
  const firewall = prod.at('azurerm_cdn_frontdoor_firewall_policy', 'Edge/Firewall');
  expect(firewall).toMatchObject({ enabled: true, mode: 'Prevention', request_body_check_enabled: true });
  expect(firewall.managed_rule).toEqual([
    { type: 'Microsoft_DefaultRuleSet', version: '2.1', action: 'Block' },
    { type: 'Microsoft_BotManagerRuleSet', version: '1.1', action: 'Block' },
  ]);
  const custom = Object.fromEntries(firewall.custom_rule.map((rule: any) => [rule.name, rule]));
  expect(custom.BlockedCountries).toMatchObject({
    action: 'Block',
    match_condition: [{ match_variable: 'SocketAddr', operator: 'GeoMatch', match_values: ['IR', 'KP', 'SY'] }],
  });
  expect(custom.Requests).toMatchObject({
    type: 'RateLimitRule',
    rate_limit_threshold: 1000,
    match_condition: [{ match_variable: 'SocketAddr', match_values: ['0.0.0.0/0', '::/0'] }],
  });
  expect(custom.SignIns).toMatchObject({ type: 'RateLimitRule', rate_limit_threshold: 20, action: 'Block' });

  // on each of the domains, and on the endpoint, which answers as well
  const { association } = prod.at('azurerm_cdn_frontdoor_security_policy', 'Edge/SecurityPolicy').security_policies
    .firewall;
  const guarded = association.domain.map(({ cdn_frontdoor_domain_id: id }: any) => id);
  const domains = Object.values(prod.all('azurerm_cdn_frontdoor_custom_domain'));
  expect(guarded.sort()).toEqual(
    [...domains, prod.at('azurerm_cdn_frontdoor_endpoint', 'Edge/Endpoint')]
      .map(({ address }) => `\${${address}.id}`)
      .sort(),
  );
  expect(prod.at('azurerm_cdn_frontdoor_route', 'Backend-site/ImmutableRoute')).toMatchObject({
    patterns_to_match: ['/assets/*'],
    cache: { compression_enabled: true, query_string_caching_behavior: 'UseQueryString' },
  });
  expect(prod.at('azurerm_cdn_frontdoor_route', 'Backend-api/Route')).not.toHaveProperty('cache');
  const headers = prod.at('azurerm_cdn_frontdoor_rule', 'Edge/SecurityHeaders').actions.response_header_action;
  expect(headers.map(({ header_name: name }: any) => name)).toEqual(
    expect.arrayContaining(['Strict-Transport-Security', 'X-Content-Type-Options', 'X-Frame-Options']),
  );
  for (const route of Object.values(prod.all('azurerm_cdn_frontdoor_route'))) {
    expect(route).toMatchObject({
      cdn_frontdoor_endpoint_id: prod.idOf('azurerm_cdn_frontdoor_endpoint', 'Edge/Endpoint'),
      link_to_default_domain: false,
      https_redirect_enabled: true,
      forwarding_protocol: 'HttpsOnly',
      cdn_frontdoor_rule_set_ids: [prod.idOf('azurerm_cdn_frontdoor_rule_set', 'Edge/Headers')],
    });
  }
});

/** A second region is another program: `examples/agent-marketplace`. */
row('EDG-2', () => {
  const prod = platformIn('prod');
  const groups = Object.values(prod.all('azurerm_cdn_frontdoor_origin_group'));
  expect(groups).toHaveLength(2);
  for (const group of groups) {
    // three of the last four must succeed, each a minute apart
    expect(group).toMatchObject({
      health_probe: { protocol: 'Https', interval_in_seconds: 60 },
      load_balancing: { sample_size: 4, successful_samples_required: 3 },
    });
  }
  for (const origin of Object.values(prod.all('azurerm_cdn_frontdoor_origin'))) {
    // azurerm makes origins that are off unless it is told otherwise
    expect(origin).toMatchObject({ enabled: true, priority: 1, certificate_name_check_enabled: true });
  }
  expect(prod.at('azurerm_monitor_metric_alert', 'Watched/Edge/OriginHealth/Resource')).toMatchObject({
    severity: 1,
    window_size: 'PT5M',
    criteria: [{ metric_name: 'OriginHealthPercentage', operator: 'LessThan', threshold: 90 }],
  });
  expect(platform().file('runbook.md')).toMatch(/Edge \|.*ApproveOrigins/);
});

row('DNS-1', () => {
  const prod = platformIn('prod');
  const zone = prod.at('azurerm_dns_zone', 'Zone/Resource');
  expect(zone).toMatchObject({ name: 'example.com', lifecycle: { prevent_destroy: true } });
  const endpoint = prod.at('azurerm_cdn_frontdoor_endpoint', 'Edge/Endpoint');
  expect(prod.at('azurerm_dns_a_record', 'Zone/A-@')).toMatchObject({
    name: '@',
    zone_name: `\${${zone.address}.name}`,
    target_resource_id: `\${${endpoint.address}.id}`,
    // no name leads to the edge before the firewall guards it
    depends_on: expect.arrayContaining([prod.at('azurerm_cdn_frontdoor_security_policy', 'SecurityPolicy').address]),
  });
  const records = ['a', 'caa', 'cname', 'txt'].flatMap((kind) => Object.values(prod.all(`azurerm_dns_${kind}_record`)));
  expect(records.filter((record) => record.zone_name !== `\${${zone.address}.name}`)).toEqual([]);
  for (const name of ['api', 'admin', 'www']) {
    expect(prod.at('azurerm_dns_cname_record', `Zone/CNAME-${name}`).record).toBe(`\${${endpoint.address}.host_name}`);
    expect(prod.at('azurerm_dns_txt_record', `Zone/TXT-_dnsauth.${name}`).lifecycle.ignore_changes).toEqual(['record']);
  }
  expect(prod.at('azurerm_dns_caa_record', 'Zone/CAA-@').record).toEqual([
    { flags: 0, tag: 'issue', value: 'digicert.com' },
  ]);
});

row('DNS-2', () => {
  const prod = platformIn('prod');
  const values = (name: string) =>
    prod.at('azurerm_dns_txt_record', `Zone/TXT-${name}`).record.map(({ value }: any) => value);
  expect(values('@')).toContain('v=spf1 include:spf.protection.outlook.com -all');
  expect(values('_dmarc')).toEqual(['v=DMARC1; p=reject; rua=mailto:dmarc@example.com']);
  const domain = prod.at('azurerm_email_communication_service_domain', 'Email/Domain').address;
  for (const [selector, record] of [
    ['selector1', 'dkim'],
    ['selector2', 'dkim2'],
  ]) {
    const path = `Zone/CNAME-${selector}-azurecomm-prod-net._domainkey`;
    expect(prod.at('azurerm_dns_cname_record', path).record).toBe(
      `\${${domain}.verification_records[0].${record}[0].value}`,
    );
  }
  // the platform sends from its own domain: the example of a zone has one that sends nothing
  const quiet = example('dns-zone').stack('dns-zone-dev');
  const rejects = (name: string) => quiet.at('azurerm_dns_txt_record', `Zone/TXT-${name}`).record[0].value;
  expect([rejects('@'), rejects('*._domainkey')]).toEqual(['v=spf1 -all', 'v=DKIM1; p=']);
  expect(rejects('_dmarc')).toMatch(/^v=DMARC1; p=reject; sp=reject/);
  expect(quiet.at('azurerm_dns_mx_record', 'Zone/MX-@').record).toEqual([{ exchange: '.', preference: '0' }]);
});

row('EML-1', () => {
  const prod = platformIn('prod');
  const [domain, managed] = ['Domain', 'ManagedDomain'].map((name) =>
    prod.at('azurerm_email_communication_service_domain', `Email/${name}`),
  );
  expect(domain).toMatchObject({ name: 'example.com', domain_management: 'CustomerManaged' });
  expect(managed).toMatchObject({ name: 'AzureManagedDomain', domain_management: 'AzureManaged' });
  const association = 'azurerm_communication_service_email_domain_association';
  expect(prod.at(association, 'Email/Association').email_service_domain_id).toBe(`\${${domain.address}.id}`);
  expect(prod.at(association, 'Email/ManagedAssociation').email_service_domain_id).toBe(`\${${managed.address}.id}`);
  expect(prod.at('azurerm_dns_txt_record', 'Zone/TXT-@').record).toContainEqual({
    value: `\${${domain.address}.verification_records[0].domain[0].value}`,
  });
  expect(prod.at('azurerm_email_communication_service_domain_sender_username', 'Sender-receipts')).toMatchObject({
    name: 'receipts',
    display_name: 'Donation receipts',
    email_service_domain_id: `\${${domain.address}.id}`,
  });
  expect(prod.at('azurerm_linux_web_app', 'Api/Resource').app_settings.EMAIL_SENDER).toBe('receipts@example.com');
  const service = prod.idOf('azurerm_communication_service', 'Email/Resource');
  expect(prod.at(association, 'Email/Association').communication_service_id).toBe(service);
  // sent under the identity of the app: no key is in any setting
  const { address } = prod.at('azurerm_user_assigned_identity', 'Api/Identity/Resource');
  const senders = Object.values(prod.all('azurerm_role_assignment')).filter(({ scope }) => scope === service);
  expect(senders).toEqual([expect.objectContaining({ principal_id: `\${${address}.principal_id}` })]);
  // what Terraform cannot do is done after each apply, and by hand where a domain becomes public later
  for (const [workflow, job] of [
    ['infrastructure', 'apply-prod'],
    ['set-up', 'set-up-prod'],
  ]) {
    const { steps } = platform().workflow(workflow).jobs[job];
    const setup = steps.find(({ name }: any) => name === 'Set up what Terraform cannot');
    expect(setup.run).toMatch(/Email\/KeysOff'\n  \(\n.*\n.*"disableLocalAuth":true/);
  }
});
