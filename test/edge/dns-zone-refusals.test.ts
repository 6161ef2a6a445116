import { Fn } from 'cdktf';
import { DnsRecordType } from '../../src/contracts/dns';
import { Environment } from '../../src/core/environment';
import { DnsZone } from '../../src/edge/dns-zone';
import { DnsZoneProps } from '../../src/edge/dns-zone-props';
import { ENDPOINT, zoneIn } from './dns-fixtures';

const { A, AAAA, CAA, CNAME, MX, NS, TXT } = DnsRecordType;

describe('fails', () => {
  test.each<[string, Partial<DnsZoneProps>, string]>([
    [
      'a zone name that is no domain',
      { zoneName: 'Example.com.' },
      'a literal domain in lower case without a full stop at its end, e.g. example.com; got "Example.com."',
    ],
    [
      'an unknown zone name',
      { zoneName: Fn.lower('${var.x}') },
      'a literal domain in lower case without a full stop at its end, e.g. example.com; got a value that Terraform has yet to compute',
    ],
  ])('%s', (_, props, message) => {
    expect(() => zoneIn(Environment.DEV, props)).toThrow(`Billing/Zone: 'zoneName' must be ${message}`);
  });

  test('every other prop, all at once', () => {
    const { workload, zone } = zoneIn();

    expect(
      () =>
        new DnsZone(workload, 'Other', {
          zoneName: 'example.net',
          parentZone: zone,
          contactEmail: 'hostmaster',
          certificateAuthorities: ['DigiCert'],
        }),
    ).toThrow(
      "Billing/Other: 'parentZone' must be a zone above example.net, got example.com; " +
        '\'contactEmail\' must be a literal address of letters, digits, full stops, hyphens and underscores, because the SOA record writes it without @; got "hostmaster"; ' +
        '\'certificateAuthorities\' must be domains such as digicert.com, got "DigiCert"',
    );
    expect(() => zoneIn(Environment.DEV, { certificateAuthorities: [] })).toThrow(
      "Billing/Zone: 'certificateAuthorities' must name at least one, or leave it out for the one of Azure; got none",
    );
    expect(() => zoneIn(Environment.DEV, { certificateAuthorities: ['${var.x}'] })).toThrow(
      "Billing/Zone: 'certificateAuthorities' must be literals, because they are part of a longer value; got a value that Terraform has yet to compute",
    );
    expect(() =>
      DnsZone.fromAttributes(workload, 'Import', { zoneName: 'example.org', resourceGroupName: 'no/group' }),
    ).toThrow('Billing/Import: \'resourceGroupName\' must be the name of a resource group, got "no/group"');
  });

  test('two that keep one domain', () => {
    const { workload } = zoneIn();

    expect(() =>
      DnsZone.fromAttributes(workload, 'Again', { zoneName: 'example.com', resourceGroupName: 'rg-dns' }),
    ).toThrow(
      'Billing/Again: the zone example.com is kept by stack/Billing/Zone already: ask that one for records, two would overwrite each other',
    );
  });

  const NAME =
    "'name' must be a literal: @ for the zone itself, or labels of 1 to 63 letters, digits, hyphens or underscores with full stops between them, the first also *; got";

  test.each<[string, Parameters<DnsZone['addRecord']>, string]>([
    [
      'a name with the zone',
      [TXT, 'www.example.com', ['a']],
      '\'name\' must leave out the zone: "www", got "www.example.com"',
    ],
    ['the zone as a name', [TXT, 'example.com', ['a']], '\'name\' must leave out the zone: "@", got "example.com"'],
    ['a name that is none', [TXT, 'a..b', ['a']], `${NAME} "a..b"`],
    ['an unknown name', [TXT, '${var.x}', ['a']], `${NAME} "\${var.x}"`],
    [
      'a long name',
      [TXT, Array(60).fill('long').join('.'), ['a']],
      "'name' must have at most 253 characters together with the zone, got 311",
    ],
    ['no value', [TXT, 'a', []], "'values' must have at least one value, got none"],
    ['no address', [A, 'a', ['2001:db8::1']], '\'values\' of A must be IPv4 addresses, got "2001:db8::1"'],
    ['no new address', [AAAA, 'a', ['203.0.113.7']], '\'values\' of AAAA must be IPv6 addresses, got "203.0.113.7"'],
    ['no host', [CNAME, 'a', ['https://x']], '\'values\' of CNAME must be host names, got "https://x"'],
    ['no server', [NS, 'a', ['x y']], '\'values\' of NS must be host names, got "x y"'],
    [
      'no exchange',
      [MX, 'a', ['mail.example.net']],
      "'values' of MX must be '<preference> <host>' such as '10 mail.example.com', with a preference up to 65535, got \"mail.example.net\"",
    ],
    [
      'no authority',
      [CAA, 'a', ['1 issue x.org']],
      "'values' of CAA must be '<flags> <tag> <value>' such as '0 issue digicert.com', with the flags 0 or 128 and the tag issue, issuewild, iodef or contactemail, got \"1 issue x.org\"",
    ],
    [
      'a long text',
      [TXT, 'a', ['x'.repeat(4097)]],
      `'values' of TXT must be texts of 1 to 4096 characters, got "${'x'.repeat(4097)}"`,
    ],
    [
      'an exchange yet to compute',
      [MX, 'a', ['${var.x}']],
      "'values' of MX must be literals, because each part of them is an argument of its own; got a value that Terraform has yet to compute",
    ],
    [
      'a list of texts yet to compute',
      [TXT, 'a', Fn.split(',', '${var.x}') as unknown as string[]],
      "'values' of TXT must be listed one by one; got a list that Terraform has yet to compute",
    ],
    [
      'a proof that is no text',
      [CNAME, 'a', ['b'], { provesOwnership: true }],
      "'provesOwnership' must only be said of TXT, in which Azure looks for its tokens; got it with CNAME",
    ],
    [
      'a time out of range',
      [TXT, 'a', ['b'], { timeToLiveSeconds: 0 }],
      "'timeToLiveSeconds' must be a whole number from 1 to 2147483647, got 0",
    ],
    [
      'the zone as a CNAME',
      [CNAME, '@', ['b']],
      'a zone itself cannot be a CNAME, which allows nothing beside it; ask for an alias',
    ],
    [
      'other servers of the zone',
      [NS, '@', ['b']],
      'the name servers of a zone itself are those of Azure; delegate a name below it',
    ],
    [
      'a second SPF record',
      [TXT, 'there', ['v=spf1 include:b.example -all']],
      'the name there must have one SPF record, of several receivers follow none: put all that may send into one; got "v=spf1 -all" and "v=spf1 include:b.example -all"',
    ],
    [
      'a second DMARC policy',
      [TXT, '_dmarc.there', ['v=DMARC1; p=none', 'v=DMARC1; p=reject']],
      'the name _dmarc.there must have one DMARC record, of several receivers follow none: a domain has one policy; got "v=DMARC1; p=none" and "v=DMARC1; p=reject"',
    ],
    [
      'a CNAME beside others',
      [CNAME, 'there', ['b']],
      'a CNAME allows nothing beside it, and there is asked for as CNAME and TXT',
    ],
    [
      'others beside a CNAME',
      [TXT, 'alias', ['b']],
      'a CNAME allows nothing beside it, and alias is asked for as CNAME and TXT',
    ],
    ['a second CNAME', [CNAME, 'alias', ['b']], 'the CNAME alias must have one value, got "a" and "b"'],
    [
      'values beside an alias',
      [A, '@', ['203.0.113.7']],
      'the A record set @ must be an alias or have values of its own, got both',
    ],
    [
      'many values',
      [A, 'many', Array.from({ length: 21 }, (_, i) => `203.0.113.${i}`)],
      'the A record set many must have at most 20 values, got 21',
    ],
  ])('%s', (_, request, message) => {
    const { zone } = shared;
    expect(() => zone.addRecord(...request)).toThrow(`stack/Billing/Zone: ${message}`);
  });

  const shared = zoneIn();
  shared.zone.addRecord(TXT, 'there', ['v=spf1 -all']);
  shared.zone.addRecord(CNAME, 'alias', ['a']);
  shared.zone.addAlias(A, '@', ENDPOINT);

  test('an alias that cannot be', () => {
    const { zone } = zoneIn();
    zone.addAlias(AAAA, '@', ENDPOINT);

    expect(() => zone.addAlias(TXT, 'a', 'fde')).toThrow(
      "stack/Billing/Zone: the type of an alias must be A, AAAA or CNAME, since Azure has no others; got TXT; 'resourceId' must be '/subscriptions/<id>/resourceGroups/<name>/providers/…', got \"fde\"",
    );
    expect(() => zone.addAlias(AAAA, '@', `${ENDPOINT}2`)).toThrow(
      `stack/Billing/Zone: the alias @ must lead to one resource, got ${ENDPOINT} and ${ENDPOINT}2`,
    );
  });
});
