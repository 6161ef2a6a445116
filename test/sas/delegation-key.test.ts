import { BlobServiceClient } from '@azure/storage-blob';
import { BlobSasOptions, SasIssuer, SasIssuerOptions, SasPermission } from '../../src/sas';

const NOW = '2026-05-04T10:00:00Z';
const ACCOUNT = 'https://stacme.blob.core.windows.net';
const credential = { getToken: async () => null };

const OPTIONS: BlobSasOptions = {
  container: 'tenant-acme',
  blob: 'a.pdf',
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
    return { signedStartsOn: from, signedExpiresOn: until, value: Buffer.from('not a secret').toString('base64') };
  }) as never);
});

afterEach(() => jest.restoreAllMocks());

function issuerWith(options: Partial<SasIssuerOptions> = {}): SasIssuer {
  return new SasIssuer({ accountUrl: ACCOUNT, credential, maxMinutes: 60, now: () => new Date(NOW), ...options });
}

describe('keys', () => {
  // also where signatures last long: a key that was revoked signs dead links no longer than that
  test.each([1, 60, 1440, 10_000])('are reused for an hour, where signatures last %d minutes', async (maxMinutes) => {
    let now = Date.parse(NOW);
    const issuer = issuerWith({ maxMinutes, now: () => new Date(now) });
    const after = async (minutes: number) => {
      now = Date.parse(NOW) + minutes * 60_000;
      const { expiresAt } = await issuer.forBlob(options);
      expect(expiresAt.getTime()).toBeLessThanOrEqual(asked.at(-1)!.until.getTime());
      return asked.length;
    };
    const options = { ...OPTIONS, minutes: maxMinutes };

    await Promise.all([issuer.forBlob(options), issuer.forBlob({ ...options, blob: 'other' })]);
    expect(asked).toHaveLength(1);
    expect([await after(59), await after(60), await after(119), await after(120)]).toEqual([1, 2, 2, 3]);
  });

  test('never end before what they sign, also where they cannot last an hour longer', async () => {
    let now = Date.parse(NOW);
    const issuer = issuerWith({ maxMinutes: 10_080, now: () => new Date(now) });

    await issuer.forBlob({ ...OPTIONS, minutes: 10_080 });
    now += 60_000;
    const { expiresAt } = await issuer.forBlob({ ...OPTIONS, minutes: 10_080 });

    expect(asked).toHaveLength(2);
    expect(asked[1].until).toEqual(expiresAt);
  });

  test('that could not be got are asked for again', async () => {
    jest.mocked(BlobServiceClient.prototype.getUserDelegationKey).mockRejectedValueOnce(new Error('403'));
    const issuer = issuerWith();

    await expect(issuer.forBlob(OPTIONS)).rejects.toThrow('403');
    await expect(issuer.forBlob(OPTIONS)).resolves.toMatchObject({ query: expect.any(String) });
  });

  test('take the package of Azure, and only then', async () => {
    await jest.isolateModulesAsync(async () => {
      jest.doMock('@azure/storage-blob', () => {
        throw new Error('not there');
      });
      const { SasIssuer: Issuer } = jest.requireActual<typeof import('../../src/sas')>('../../src/sas');

      const issuer = new Issuer({ accountUrl: ACCOUNT, credential, maxMinutes: 60 });
      await expect(issuer.forBlob(OPTIONS)).rejects.toMatchObject({
        message:
          'SasIssuer needs @azure/storage-blob, which cannot be loaded; install it with: npm install @azure/storage-blob',
      });
      jest.dontMock('@azure/storage-blob');
    });
  });
});
