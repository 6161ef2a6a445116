import { Token } from 'cdktf';
import * as fc from 'fast-check';
import { DmarcPolicy, DmarcRecord, DmarcRecordProps } from '../../src/edge/dmarc-record';
import { SpfPolicy, SpfRecord, SpfRecordProps } from '../../src/edge/spf-record';

const COMPUTED = Token.asString('${var.a}');
const domains = (count: number) => Array.from({ length: count }, (_, i) => `spf${i}.example.com`);

describe('SPF', () => {
  test.each<[string, SpfRecord, string]>([
    ['nobody', SpfRecord.none(), 'v=spf1 -all'],
    [
      'everything',
      SpfRecord.of({
        mailExchangers: true,
        addresses: ['203.0.113.7', '198.51.100.0/24', '2001:db8::/32'],
        includes: ['_spf.example.com'],
        policy: SpfPolicy.SOFT_FAIL,
      }),
      'v=spf1 mx ip4:203.0.113.7 ip4:198.51.100.0/24 ip6:2001:db8::/32 include:_spf.example.com ~all',
    ],
    [
      'as many lookups as receivers make',
      SpfRecord.of({ includes: domains(10) }),
      `v=spf1 ${domains(10)
        .map((domain) => `include:${domain}`)
        .join(' ')} -all`,
    ],
  ])('%s', (_words, record, text) => {
    expect(record.toText()).toBe(text);
  });

  test.each<[string, SpfRecordProps, string]>([
    [
      'more lookups than receivers make',
      { includes: domains(10), mailExchangers: true },
      "at most 10 lookups may be needed, of which 'includes' and 'mailExchangers' are one each, got 11; receivers ignore a record that needs more",
    ],
    [
      'a record that does not fit',
      { addresses: Array.from({ length: 30 }, (_, i) => `203.0.113.${i}`).concat('198.51.100.0/24') },
      `the record must have at most 450 characters, which fit into one answer of the domain name system, got 531`,
    ],
    [
      'what is neither domain nor address',
      {
        includes: ['Example.com', 'a b'],
        addresses: ['1.2.3', '1.2.3.4/33', 'fe80::1%eth0', '1.2.3.4/0', '1.2.3.4/8/8'],
      },
      [
        ...['Example.com', 'a b'].map((value) => `'includes' must be domains in lower case, got "${value}"`),
        ...['1.2.3', '1.2.3.4/33', 'fe80::1%eth0', '1.2.3.4/0', '1.2.3.4/8/8'].map(
          (value) => `'addresses' must be addresses or networks, IPv4 or IPv6, got "${value}"`,
        ),
      ].join('; '),
    ],
    [
      'the same twice',
      { includes: ['a.example.com', 'a.example.com'] },
      `'includes' must name each only once, got "a.example.com" twice`,
    ],
    [
      'what cannot be counted',
      { includes: [COMPUTED], addresses: Token.asList('${var.b}') },
      ['includes', 'addresses']
        .map(
          (prop) =>
            `'${prop}' must be literals, because they are counted at synthesis; got a value that Terraform has yet to compute`,
        )
        .join('; '),
    ],
  ])('refuses %s', (_words, props, problems) => {
    expect(() => SpfRecord.of(props)).toThrow(new Error(`SPF record: ${problems}`));
  });

  test('whatever is accepted is a record that receivers read: short, with one ending and few lookups', () => {
    const domain = fc.stringMatching(/^[a-z][a-z0-9]{0,20}\.(example|test)\.com$/);
    const props = fc.record(
      {
        includes: fc.uniqueArray(domain, { maxLength: 14 }),
        addresses: fc.uniqueArray(fc.oneof(fc.ipV4(), fc.ipV6()), { maxLength: 14 }),
        mailExchangers: fc.boolean(),
        policy: fc.constantFrom(...Object.values(SpfPolicy)),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(props, (given) => {
        let text: string;
        try {
          text = SpfRecord.of(given).toText();
        } catch (error) {
          expect((error as Error).message).toMatch(/lookups|characters/);
          return;
        }
        expect(text.length).toBeLessThanOrEqual(450);
        expect(text).toMatch(/^v=spf1( mx)?( ip[46]:[0-9a-fA-F:./]+)*( include:[a-z0-9._-]+)* [-~?]all$/);
        expect((text.match(/ (include:|mx\b)/g) ?? []).length).toBeLessThanOrEqual(10);
      }),
      { seed: 4711, numRuns: 200 },
    );
  });
});

describe('DMARC', () => {
  test.each<[string, DmarcRecord, string]>([
    ['nothing is sent', DmarcRecord.reject(), 'v=DMARC1; p=reject; sp=reject; adkim=s; aspf=s'],
    ['little is said', DmarcRecord.of({ policy: DmarcPolicy.NONE }), 'v=DMARC1; p=none'],
    [
      'everything is said',
      DmarcRecord.of({
        policy: DmarcPolicy.QUARANTINE,
        subdomainPolicy: DmarcPolicy.REJECT,
        percent: 0,
        reportsTo: ['dmarc@example.com', 'a.b+c@example.org'],
        strictAlignment: true,
      }),
      'v=DMARC1; p=quarantine; sp=reject; pct=0; rua=mailto:dmarc@example.com,mailto:a.b+c@example.org; adkim=s; aspf=s',
    ],
  ])('%s', (_words, record, text) => {
    expect(record.toText()).toBe(text);
  });

  test.each<[string, Partial<DmarcRecordProps>, string]>([
    ['percent above all', { percent: 101 }, "'percent' must be a whole number from 0 to 100, got 101"],
    ['a part of a percent', { percent: 0.5 }, "'percent' must be a whole number from 0 to 100, got 0.5"],
    [
      'addresses that end where none should',
      { reportsTo: ['mailto:a@example.com', 'a@example.com!10m', 'a@example.com,b@example.com', 'a'] },
      ['mailto:a@example.com', 'a@example.com!10m', 'a@example.com,b@example.com', 'a']
        .map((value) => `'reportsTo' must be e-mail addresses without 'mailto:', got "${value}"`)
        .join('; '),
    ],
    [
      'what cannot be written into a text',
      { percent: Token.asNumber('${var.c}'), reportsTo: [COMPUTED] },
      "'percent' must be a literal, because they become one text at synthesis; got a value that Terraform has yet to compute; 'reportsTo' must be literals, because they become one text at synthesis; got a value that Terraform has yet to compute",
    ],
  ])('refuses %s', (_words, props, problems) => {
    expect(() => DmarcRecord.of({ policy: DmarcPolicy.NONE, ...props })).toThrow(
      new Error(`DMARC record: ${problems}`),
    );
  });

  test('tags come in the order that receivers want, each once', () => {
    const policy = fc.constantFrom(...Object.values(DmarcPolicy));
    const props: fc.Arbitrary<DmarcRecordProps> = fc.record(
      {
        policy,
        subdomainPolicy: policy,
        percent: fc.integer({ min: 0, max: 100 }),
        reportsTo: fc.array(fc.stringMatching(/^[a-z][a-z0-9.+_-]{0,10}@[a-z][a-z0-9]{0,5}\.example\.com$/), {
          maxLength: 3,
        }),
        strictAlignment: fc.boolean(),
      },
      { requiredKeys: ['policy'] },
    ) as fc.Arbitrary<DmarcRecordProps>;
    fc.assert(
      fc.property(props, (given) => {
        const tags = DmarcRecord.of(given).toText().split('; ');
        expect(tags.slice(0, 2)).toEqual(['v=DMARC1', `p=${given.policy}`]);
        expect(new Set(tags.map((tag) => tag.split('=')[0])).size).toBe(tags.length);
      }),
      { seed: 4711, numRuns: 200 },
    );
  });
});
