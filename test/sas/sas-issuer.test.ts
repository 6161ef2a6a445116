import { createHmac } from 'crypto';
import {
  BlobSASPermissions,
  BlobServiceClient,
  generateBlobSASQueryParameters,
  SASProtocol,
  UserDelegationKey,
} from '@azure/storage-blob';
import { BlobSasOptions, SasIssuer, SasIssuerOptions, SasPermission } from '../../src/sas';

const NOW = '2026-05-04T10:00:00.750Z';
const ACCOUNT = 'https://stacme.blob.core.windows.net';
const SIGNER = {
  signedObjectId: '00000000-0000-0000-0000-000000000001',
  signedTenantId: '00000000-0000-0000-0000-000000000002',
};
const credential = { getToken: async () => null };

const OPTIONS: BlobSasOptions = {
  container: 'tenant-acme',
  blob: 'reports/2026/Q1 & Q2 – ä+b.pdf',
  permissions: [SasPermission.READ],
  addresses: { from: '203.0.113.7' },
  minutes: 30,
};

/** The keys that were asked for. */
let asked: Array<{ from: Date; until: Date }>;

beforeEach(() => {
  asked = [];
  jest.spyOn(BlobServiceClient.prototype, 'getUserDelegationKey').mockImplementation((async (
    from: Date,
    until: Date,
  ) => {
    asked.push({ from, until });
    return keyFor(from, until);
  }) as never);
});

afterEach(() => jest.restoreAllMocks());

function keyFor(from: Date, until: Date): UserDelegationKey {
  const value = Buffer.from('not a secret').toString('base64');
  return {
    ...SIGNER,
    signedStartsOn: from,
    signedExpiresOn: until,
    signedService: 'b',
    signedVersion: '2026-04-06',
    value,
  };
}

function issuerWith(options: Partial<SasIssuerOptions> = {}): SasIssuer {
  return new SasIssuer({ accountUrl: ACCOUNT, credential, maxMinutes: 60, now: () => new Date(NOW), ...options });
}

const fieldsOf = ({ query }: { query: string }) => Object.fromEntries(new URLSearchParams(query));

describe('a signature for a blob', () => {
  test('is for one blob, over TLS, from few addresses, for a limited time, by an identity', async () => {
    const sas = await issuerWith().forBlob({ ...OPTIONS, correlationId: SIGNER.signedObjectId });

    expect(fieldsOf(sas)).toEqual({
      sv: '2020-12-06',
      sr: 'b',
      sp: 'r',
      st: '2026-05-04T09:55:00Z',
      se: '2026-05-04T10:30:00Z',
      spr: 'https',
      sip: '203.0.113.7',
      scid: SIGNER.signedObjectId,
      skoid: SIGNER.signedObjectId,
      sktid: SIGNER.signedTenantId,
      skt: '2026-05-04T09:55:00Z',
      ske: '2026-05-04T11:55:00Z',
      sks: 'b',
      skv: '2026-04-06',
      sig: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
    });
    expect(sas.url).toBe(`${ACCOUNT}/tenant-acme/reports/2026/Q1%20%26%20Q2%20%E2%80%93%20%C3%A4%2Bb.pdf?${sas.query}`);
    expect([sas.startsAt, sas.expiresAt]).toEqual([new Date('2026-05-04T09:55:00Z'), new Date('2026-05-04T10:30:00Z')]);
  });

  test('is the one that the package of Azure makes', async () => {
    const { startsAt, expiresAt, query } = await issuerWith().forBlob({
      ...OPTIONS,
      permissions: [SasPermission.WRITE, SasPermission.READ, SasPermission.CREATE, SasPermission.READ],
      addresses: { from: '203.0.113.0', to: '203.0.113.255' },
    });

    const theirs = generateBlobSASQueryParameters(
      {
        containerName: OPTIONS.container,
        blobName: OPTIONS.blob,
        permissions: BlobSASPermissions.parse('rcw'),
        startsOn: startsAt,
        expiresOn: expiresAt,
        ipRange: { start: '203.0.113.0', end: '203.0.113.255' },
        protocol: SASProtocol.Https,
        version: '2020-12-06',
      },
      keyFor(asked[0].from, asked[0].until),
      'stacme',
    );
    expect(fieldsOf({ query })).toEqual(fieldsOf({ query: theirs.toString() }));
  });

  test.each([
    // the policy counts from the beginning, five minutes ago
    ['the maximum', 60, 60, '09:55', '10:55'],
    ['nearly so', 56, 60, '09:55', '10:55'],
    ['less', 20, 60, '09:55', '10:20'],
    ['a short maximum', 4, 4, '09:58', '10:02'],
    ['the shortest', 1, 1, '10:00', '10:01'],
    ['the longest', 10_080, 10_080, '09:55', '09:55'],
  ])('never lasts longer than the policy: %s', async (_, minutes, maxMinutes, from, until) => {
    const { startsAt, expiresAt } = await issuerWith({ maxMinutes }).forBlob({ ...OPTIONS, minutes });

    expect([startsAt, expiresAt].map((moment) => moment.toISOString().slice(11, 16))).toEqual([from, until]);
    expect((expiresAt.getTime() - startsAt.getTime()) / 60_000).toBeLessThanOrEqual(maxMinutes);
    expect(asked[0].until.getTime()).toBeGreaterThanOrEqual(expiresAt.getTime());
    expect((asked[0].until.getTime() - asked[0].from.getTime()) / 60_000).toBeLessThanOrEqual(10_080);
  });
});

describe('a signature for a prefix', () => {
  test('is for a directory, and all that is below it', async () => {
    const sas = await issuerWith({ hierarchicalNamespace: true }).forPrefix({
      ...OPTIONS,
      prefix: 'reports/2026',
      permissions: [SasPermission.LIST, SasPermission.READ],
    });

    expect(fieldsOf(sas)).toMatchObject({ sr: 'd', sdd: '2', sp: 'rl', spr: 'https' });
    expect(sas.url).toBe(`${ACCOUNT}/tenant-acme/reports/2026?${sas.query}`);
  });

  test('signs the text that Azure asks for', async () => {
    const { query } = await issuerWith({ hierarchicalNamespace: true }).forPrefix({
      ...OPTIONS,
      prefix: 'reports/2026',
    });

    const text = [
      'r',
      '2026-05-04T09:55:00Z',
      '2026-05-04T10:30:00Z',
      '/blob/stacme/tenant-acme/reports/2026',
      SIGNER.signedObjectId,
      SIGNER.signedTenantId,
      '2026-05-04T09:55:00Z',
      '2026-05-04T11:55:00Z',
      'b',
      '2026-04-06',
      // authorized and unauthorized user, correlation
      ...['', '', ''],
      '203.0.113.7',
      'https',
      '2020-12-06',
      'd',
      // snapshot, encryption scope, cache control, disposition, encoding, language, type
      ...['', '', '', '', '', '', ''],
    ].join('\n');
    expect(fieldsOf({ query }).sig).toBe(createHmac('sha256', 'not a secret').update(text).digest('base64'));
  });
});

describe('fails', () => {
  test.each([
    'http://stacme.blob.core.windows.net',
    'https://stacme.blob.example.com',
    'https://stacme.blob.core.windows.net/tenant-acme',
    'https://stacme.blob.core.windows.net?sv=1',
    'https://user@stacme.blob.core.windows.net',
    'https://127.0.0.1:10000',
    'stacme',
  ])('an account at %s', (accountUrl) => {
    expect(() => issuerWith({ accountUrl })).toThrow(
      new Error(
        `SasIssuer: 'accountUrl' must be https://<account>.blob.core.windows.net, without a path or a signature, got ${JSON.stringify(accountUrl)}`,
      ),
    );
  });

  test.each([0, 10_081, 1.5, Number.NaN])('a maximum of %d minutes', (maxMinutes) => {
    expect(() => issuerWith({ maxMinutes })).toThrow(
      new Error(
        `SasIssuer: 'maxMinutes' must be a whole number from 1 to 10080, as the SAS policy of the account says, got ${maxMinutes}`,
      ),
    );
  });

  test.each<[string, Partial<BlobSasOptions>, string]>([
    [
      'a whole container',
      { container: '$root' },
      '\'container\' must be 3 to 63 lower-case letters, digits, or single hyphens between them, got "$root"',
    ],
    ['nothing to do', { permissions: [] }, "'permissions' must name at least one thing to do"],
    [
      'what is not offered',
      { permissions: ['y' as SasPermission] },
      '\'permissions\' must be of SasPermission, got "y"',
    ],
    [
      'a list on a blob',
      { permissions: [SasPermission.LIST] },
      "'permissions' must do without LIST on a single blob; list with forPrefix()",
    ],
    [
      'longer than the policy',
      { minutes: 61 },
      "'minutes' must be a whole number from 1 to 60, the most that the policy of the account allows, got 61",
    ],
    ['a request that is no UUID', { correlationId: '4711' }, '\'correlationId\' must be a UUID, got "4711"'],
  ])('%s', async (_, choices, message) => {
    const options = { ...OPTIONS, blob: 'a.pdf', ...choices };
    await expect(issuerWith().forBlob(options)).rejects.toThrow(new Error(`${options.container}/a.pdf: ${message}`));
    expect(asked).toEqual([]);
  });

  test.each([
    undefined,
    { from: '0.0.0.0', to: '255.255.255.255' },
    { from: '203.0.113.0', to: '203.0.114.0' },
    { from: '203.0.113.7', to: '203.0.113.6' },
    { from: '203.0.113.07' },
    { from: '203.0.113.0/24' },
  ])('addresses %j', async (addresses) => {
    await expect(issuerWith().forBlob({ ...OPTIONS, addresses: addresses! })).rejects.toThrow(
      `'addresses' must be one IPv4 address, or a range of 256 at most, got ${JSON.stringify(addresses) ?? 'nothing'}: a signature works wherever it is carried otherwise`,
    );
  });

  test.each(['', '/a', 'a/', 'a//b', '../b', 'a/./b', 'a\\b', 'a\u0000', '\ud800', 'a'.repeat(1025)])(
    'a blob %j, which clients would take for another one',
    async (blob) => {
      await expect(issuerWith().forBlob({ ...OPTIONS, blob })).rejects.toThrow(
        `'blob' must be 1 to 1024 characters, with single slashes between its parts and none in front or behind, no part '.' or '..', and no backslash, got `,
      );
    },
  );

  test('a prefix where there are none, and everything else that is wrong, at once', async () => {
    const options = { ...OPTIONS, prefix: 'reports/', permissions: [SasPermission.TAG], minutes: 0 };
    await expect(issuerWith().forPrefix(options)).rejects.toThrow(
      new Error(
        [
          "tenant-acme/reports/: 'prefix' takes an account with a hierarchical namespace, set 'hierarchicalNamespace' if it has one; elsewhere a signature is for one blob or a whole container, so sign single blobs with forBlob()",
          "'prefix' must be 1 to 1024 characters, with single slashes between its parts and none in front or behind, no part '.' or '..', and no backslash, got \"reports/\"",
          "'permissions' must do without TAG on a prefix, which has no index tags",
          "'minutes' must be a whole number from 1 to 60, the most that the policy of the account allows, got 0",
        ].join('; '),
      ),
    );
  });
});
