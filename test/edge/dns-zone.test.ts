import { TerraformVariable } from 'cdktf';
import { DnsRecordType } from '../../src/contracts/dns';
import { Environment } from '../../src/core/environment';
import { DnsZone } from '../../src/edge/dns-zone';
import { ENVIRONMENTS, Rendered, workloadIn } from '../support';
import { ENDPOINT, zoneIn } from './dns-fixtures';

const { A, AAAA, CAA, CNAME, MX, NS, TXT } = DnsRecordType;

describe('defaults', () => {
  test('who may issue certificates, and that nobody sends mail', () => {
    const { workload, zone } = zoneIn();

    const rendered = new Rendered(workload);

    expect(rendered.only('azurerm_dns_zone')).not.toHaveProperty('soa_record');
    const place = {
      zone_name: `\${azurerm_dns_zone.${zone.resources.zone.friendlyUniqueId}.name}`,
      resource_group_name: expect.stringContaining('azurerm_resource_group'),
      ttl: 3600,
    };
    expect(rendered.only('azurerm_dns_caa_record')).toMatchObject({
      ...place,
      name: '@',
      record: [{ flags: 0, tag: 'issue', value: 'digicert.com' }],
    });
    expect(rendered.only('azurerm_dns_mx_record')).toMatchObject({
      ...place,
      name: '@',
      record: [{ preference: '0', exchange: '.' }],
    });
    expect(rendered.all('azurerm_dns_txt_record').map(({ name, record }) => [name, record[0].value])).toEqual(
      expect.arrayContaining([
        ['@', 'v=spf1 -all'],
        ['_dmarc', 'v=DMARC1; p=reject; sp=reject; adkim=s; aspf=s'],
        ['*._domainkey', 'v=DKIM1; p='],
      ]),
    );
  });

  test('whoever answers for it, and other authorities', () => {
    const { workload } = zoneIn(Environment.DEV, {
      contactEmail: 'hostmaster@example.com',
      certificateAuthorities: ['letsencrypt.org', 'digicert.com'],
      mailElsewhere: true,
    });

    const rendered = new Rendered(workload);

    expect(rendered.only('azurerm_dns_zone').soa_record).toEqual({ email: 'hostmaster.example.com' });
    expect(rendered.only('azurerm_dns_caa_record').record).toEqual([
      { flags: 0, tag: 'iodef', value: 'mailto:hostmaster@example.com' },
      { flags: 0, tag: 'issue', value: 'digicert.com' },
      { flags: 0, tag: 'issue', value: 'letsencrypt.org' },
    ]);
    expect(rendered.all('azurerm_dns_txt_record')).toEqual([]);
    expect(rendered.all('azurerm_dns_mx_record')).toEqual([]);
  });

  test('is watched, and says how it is delegated again', () => {
    const { zone } = zoneIn();

    expect(zone.toMonitoringTarget()).toMatchObject({
      metricNamespace: 'Microsoft.Network/dnszones',
      signals: [{ key: 'RecordSets', metric: { metricName: 'RecordSetCapacityUtilization' } }],
    });
    expect(zone.toRecoverySteps()[0].commands[0]).toMatch(
      /^az network dns zone show --resource-group rg-billing-dev-\w+ --name example.com --query nameServers --output tsv$/,
    );
  });
});

describe('records', () => {
  test('values of one name and type are one record set, in whatever order they come', () => {
    const sets = [
      ['b', 'a'],
      ['a', 'b', 'a'],
    ].map((values) => {
      const { workload, zone } = zoneIn();
      const [first] = values.map((value) => zone.addRecord(TXT, 'WWW', [value]).terraformAddress);
      expect(zone.addRecord(TXT, 'www', ['b']).terraformAddress).toBe(first);
      return new Rendered(workload).at('azurerm_dns_txt_record', 'Zone/TXT-www');
    });

    expect(sets[0]).toMatchObject({ name: 'www', ttl: 3600, record: [{ value: 'a' }, { value: 'b' }] });
    expect(sets[1]).toEqual(sets[0]);
  });

  test('each type in its own words', () => {
    const { workload, zone } = zoneIn();
    const servers = new TerraformVariable(zone, 'Servers', { type: 'list(string)' });
    zone.addRecord(A, 'a', ['203.0.113.7', '198.51.100.1']);
    zone.addRecord(AAAA, 'a', ['2001:db8::1']);
    zone.addRecord(CNAME, 'shop', ['shop.example.net']);
    zone.addRecord(NS, 'known', ['ns1.example.net.', 'ns2.example.net']);
    zone.addRecord(NS, 'dev', servers.listValue);
    zone.addRecord(NS, 'mixed', servers.listValue);
    zone.addRecord(NS, 'mixed', ['ns1.example.net']);
    zone.addRecord(CAA, '@', ['128 issuewild ;']);
    zone.addRecord(MX, 'lists', ['10 b.example.net', '10 a.example.net'], { timeToLiveSeconds: 60 });

    const rendered = new Rendered(workload);

    expect(rendered.only('azurerm_dns_a_record')).toMatchObject({ ttl: 300, records: ['198.51.100.1', '203.0.113.7'] });
    expect(rendered.only('azurerm_dns_a_record')).not.toHaveProperty('target_resource_id');
    expect(rendered.only('azurerm_dns_aaaa_record').records).toEqual(['2001:db8::1']);
    expect(rendered.only('azurerm_dns_cname_record')).toMatchObject({ ttl: 300, record: 'shop.example.net' });
    expect(rendered.at('azurerm_dns_ns_record', 'Zone/NS-known').records).toEqual([
      'ns1.example.net.',
      'ns2.example.net',
    ]);
    expect(rendered.at('azurerm_dns_ns_record', 'Zone/NS-dev').records).toMatch(/^\$\{var\.\w+\}$/);
    expect(rendered.at('azurerm_dns_ns_record', 'Zone/NS-mixed').records).toMatch(
      /^\$\{distinct\(concat\(var\.\w+, \["ns1/,
    );
    expect(rendered.only('azurerm_dns_caa_record').record).toEqual([
      { flags: 0, tag: 'issue', value: 'digicert.com' },
      { flags: 128, tag: 'issuewild', value: ';' },
    ]);
    expect(rendered.at('azurerm_dns_mx_record', 'Zone/MX-lists')).toMatchObject({
      ttl: 60,
      record: [
        { preference: '10', exchange: 'a.example.net' },
        { preference: '10', exchange: 'b.example.net' },
      ],
    });
  });

  test('an alias of the zone itself follows its resource', () => {
    const { workload, zone } = zoneIn();
    zone.addAlias(A, '@', ENDPOINT);
    zone.addAlias(A, '@', ENDPOINT, { timeToLiveSeconds: 60, after: ['azurerm_cdn_frontdoor_route.r'] });
    zone.addAlias(CNAME, 'www', ENDPOINT);

    const rendered = new Rendered(workload);

    expect(rendered.only('azurerm_dns_a_record')).toMatchObject({
      name: '@',
      ttl: 60,
      target_resource_id: ENDPOINT,
      depends_on: ['azurerm_cdn_frontdoor_route.r'],
    });
    expect(rendered.only('azurerm_dns_a_record')).not.toHaveProperty('records');
    expect(rendered.only('azurerm_dns_cname_record')).not.toHaveProperty('record');
  });

  test('a proof that Azure empties does not break the next plan', () => {
    const { workload, zone } = zoneIn();
    const token = new TerraformVariable(zone, 'Token', {}).stringValue;
    zone.addRecord(TXT, '_dnsauth', [token], { provesOwnership: true });
    // SPF and a proof side by side: what is ignored could never change again
    zone.addRecord(TXT, '@', [token], { provesOwnership: true });

    const rendered = new Rendered(workload);

    const guarded = expect.stringMatching(/^\$\{\(?\(?var\.(\w+) == ""\)? \? "validated" : var\.\1\)?\}$/);
    expect(rendered.at('azurerm_dns_txt_record', 'Zone/TXT-_dnsauth')).toMatchObject({
      ttl: 300,
      record: [{ value: guarded }],
      lifecycle: { ignore_changes: ['record'] },
    });
    const apex = rendered.at('azurerm_dns_txt_record', 'Zone/TXT-@');
    expect(apex).toMatchObject({ record: [{ value: guarded }, { value: 'v=spf1 -all' }] });
    expect(apex).not.toHaveProperty('lifecycle');
  });

  test('a zone below another one is delegated', () => {
    const { workload, zone } = zoneIn();

    const child = new DnsZone(workload, 'Child', { zoneName: 'dev.example.com', parentZone: zone });

    expect(new Rendered(workload).at('azurerm_dns_ns_record', 'Zone/NS-dev')).toMatchObject({
      name: 'dev',
      records: `\${tolist(azurerm_dns_zone.${child.resources.zone.friendlyUniqueId}.name_servers)}`,
    });
  });

  test('a zone of somebody else has only what is asked for', () => {
    const workload = workloadIn(Environment.PROD);
    const zone = DnsZone.fromAttributes(workload, 'Zone', { zoneName: 'example.com', resourceGroupName: 'rg-dns' });
    zone.addRecord(MX, '@', ['10 mail.example.net']);

    const { resource } = new Rendered(workload).json;

    expect(Object.keys(resource).sort()).toEqual(['azurerm_dns_mx_record', 'azurerm_resource_group']);
    expect(Object.values(resource.azurerm_dns_mx_record)).toMatchObject([
      { zone_name: 'example.com', resource_group_name: 'rg-dns' },
    ]);
  });
});

describe('mail', () => {
  test.each<[string, (zone: DnsZone) => void]>([
    ['an exchange', (zone) => zone.addRecord(MX, '@', ['10 mail.example.net'])],
    ['a sender', (zone) => zone.addRecord(TXT, '@', ['v=spf1 include:spf.example.net -all'])],
    ['a policy', (zone) => zone.addRecord(TXT, '_dmarc', ['v=DMARC1; p=none'])],
    ['a key', (zone) => zone.addRecord(CNAME, 'selector1._domainkey', ['selector1.example.net'])],
  ])('%s lets mail in', (_, ask) => {
    const { workload, zone } = zoneIn();
    ask(zone);

    const text = JSON.stringify(new Rendered(workload).json);

    expect(text).not.toMatch(/v=spf1 -all|"exchange":"\."|p=reject|v=DKIM1; p=/);
  });

  test('of names below the zone is their own affair', () => {
    const { workload, zone } = zoneIn();
    zone.addRecord(TXT, 'news', ['v=spf1 include:spf.example.net -all']);
    zone.addRecord(TXT, '_dmarc.news', ['v=DMARC1; p=quarantine']);
    zone.addRecord(TXT, '@', ['proof=of-ownership']);

    const rendered = new Rendered(workload);

    expect(rendered.at('azurerm_dns_txt_record', 'Zone/TXT-@').record).toEqual([
      { value: 'proof=of-ownership' },
      { value: 'v=spf1 -all' },
    ]);
    expect(rendered.only('azurerm_dns_mx_record').record[0].exchange).toBe('.');
  });

  test('leaves what others asked for under the same name', () => {
    const { workload, zone } = zoneIn();
    zone.addRecord(TXT, '@', ['proof=of-ownership']);
    zone.addRecord(MX, '@', ['10 mail.example.net']);

    expect(new Rendered(workload).only('azurerm_dns_txt_record').record).toEqual([{ value: 'proof=of-ownership' }]);
    expect(Object.keys(zone.resources.recordSets)).toEqual(['CAA @', 'TXT @', 'MX @']);
  });
});

describe('environments', () => {
  test.each(ENVIRONMENTS)('$name', (environment) => {
    const { workload, zone } = zoneIn(environment);
    const { locked } = environment.profile;

    const rendered = new Rendered(workload);

    expect(rendered.only('azurerm_dns_zone').lifecycle).toEqual(locked ? { prevent_destroy: true } : undefined);
    // on the SOA record: a lock on the zone would keep every record as well
    expect(rendered.all('azurerm_management_lock')).toMatchObject(
      locked
        ? [
            {
              lock_level: 'CanNotDelete',
              scope: `\${azurerm_dns_zone.${zone.resources.zone.friendlyUniqueId}.id}/SOA/@`,
            },
          ]
        : [],
    );
  });
});

describe('escape hatch', () => {
  test('the zone and each record set', () => {
    const { workload, zone } = zoneIn();
    zone.resources.zone.addOverride('tags.keep', 'yes');
    zone.resources.recordSets['TXT _dmarc'].addOverride('ttl', 60);

    const rendered = new Rendered(workload);

    expect(rendered.only('azurerm_dns_zone').tags.keep).toBe('yes');
    expect(rendered.at('azurerm_dns_txt_record', 'Zone/TXT-_dmarc').ttl).toBe(60);
    expect(zone.node.defaultChild).toBe(zone.resources.zone);
  });
});
