import { ChildProcess, execFileSync, spawn } from 'child_process';
import { readFileSync } from 'fs';
import * as https from 'https';
import { join } from 'path';
import tls from 'tls';
import { BlobServiceClient } from '@azure/storage-blob';
import { SasIssuer, SasPermission } from '../../src/sas';
import { scratch } from '../support/scratch';

const TENANT = '00000000-0000-0000-0000-000000000002';
const CONTENT = 'the quarterly report';
const BLOB = 'reports/2026 Q1.txt';

const folder = scratch('azurite');
const [certificate, key] = ['cert.pem', 'key.pem'].map((name) => join(folder, name));
let azurite: ChildProcess;
let accountUrl: string;

/** Tokens as the emulator takes them: it looks at the claims, and not at who signed. */
const credential = {
  getToken: async () => {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      aud: 'https://storage.azure.com',
      iss: `https://sts.windows.net/${TENANT}/`,
      oid: '00000000-0000-0000-0000-000000000001',
      tid: TENANT,
      nbf: now - 60,
      iat: now - 60,
      exp: now + 3600,
    };
    const [head, body] = [{ alg: 'none', typ: 'JWT' }, claims].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    return { token: `${head}.${body}.c2lnbmF0dXJl`, expiresOnTimestamp: Date.now() + 3_600_000 };
  },
};

/** A certificate for this test alone. */
function makeCertificate(): void {
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
  const names = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', ['req', ...kind, ...names, '-keyout', key, '-out', certificate], { stdio: 'pipe' });
}

/** Starts the emulator on a free port of this computer, and waits for its address. */
function startAzurite(): Promise<string> {
  const program = require.resolve('azurite/dist/src/blob/main.js');
  const where = ['--blobHost', '127.0.0.1', '--blobPort', '0', '--inMemoryPersistence'];
  const how = ['--oauth', 'basic', '--cert', certificate, '--key', key, '--skipApiVersionCheck', '--disableTelemetry'];
  azurite = spawn(process.execPath, [program, ...where, ...how], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      const found = /listens on (https:\/\/127\.0\.0\.1:\d+)/.exec(said);
      if (found) {
        resolve(found[1]);
      }
    };
    azurite.stdout!.on('data', listen);
    azurite.stderr!.on('data', listen);
    azurite.once('exit', () => reject(new Error(`azurite did not start: ${said}`)));
  });
}

/** What the storage account answers to somebody who has nothing but an address. */
function send(method: string, url: string, body?: string): Promise<{ status?: number; text: string }> {
  const headers =
    body === undefined ? {} : { 'x-ms-blob-type': 'BlockBlob', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const request = https.request(url, { method, headers, agent: false }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => (text += chunk)).on('end', () => resolve({ status: answer.statusCode, text }));
    });
    request.on('error', reject).end(body);
  });
}

beforeAll(async () => {
  makeCertificate();
  const ca = readFileSync(certificate);
  const { connect } = tls;
  // both sides trust the certificate, which no option of the issuer is for
  jest
    .spyOn(tls, 'connect')
    .mockImplementation(((options: tls.ConnectionOptions, ...rest: any[]) =>
      (connect as (...args: any[]) => tls.TLSSocket)({ ...options, ca }, ...rest)) as never);

  accountUrl = `${await startAzurite()}/devstoreaccount1`;
  const container = new BlobServiceClient(accountUrl, credential).getContainerClient('tenant-acme');
  await container.create();
  await container.getBlockBlobClient(BLOB).upload(CONTENT, Buffer.byteLength(CONTENT));
}, 30_000);

afterAll(async () => {
  jest.restoreAllMocks();
  if (azurite?.exitCode === null) {
    await new Promise((resolve) => azurite.removeAllListeners('exit').once('exit', resolve) && azurite.kill());
  }
});

/** A signature of an issuer whose clock is that many minutes behind. */
function sign(permissions: SasPermission[], minutesAgo: number = 0) {
  const now = () => new Date(Date.now() - minutesAgo * 60_000);
  const issuer = new SasIssuer({ accountUrl, credential, maxMinutes: 60, now });
  return issuer.forBlob({
    container: 'tenant-acme',
    blob: BLOB,
    permissions,
    addresses: { from: '127.0.0.1' },
    minutes: 10,
  });
}

test('lets somebody without an identity read the one blob', async () => {
  const { url } = await sign([SasPermission.READ]);

  expect(await send('GET', url)).toEqual({ status: 200, text: CONTENT });
});

test('no other blob, and nothing once a field is changed', async () => {
  const { url } = await sign([SasPermission.READ]);

  const others = [url.replace('Q1', 'Q2'), url.replace('sp=r', 'sp=rw'), url.replace(/sip=[^&]+&/, '')];
  expect(await Promise.all(others.map(async (other) => (await send('GET', other)).status))).toEqual([403, 403, 403]);
});

test('nothing any more once it has ended', async () => {
  const [ending, ended] = await Promise.all([9, 11].map((minutesAgo) => sign([SasPermission.READ], minutesAgo)));

  expect((await send('GET', ending.url)).status).toBe(200);
  expect((await send('GET', ended.url)).status).toBe(403);
});

test('what it is for, and nothing else', async () => {
  const reading = await sign([SasPermission.READ]);
  const writing = await sign([SasPermission.CREATE, SasPermission.WRITE]);

  expect((await send('PUT', reading.url, 'changed')).status).toBe(403);
  expect((await send('DELETE', reading.url)).status).toBe(403);
  expect((await send('GET', writing.url)).status).toBe(403);
  expect((await send('PUT', writing.url, 'changed')).status).toBe(201);
  expect((await send('GET', reading.url)).text).toBe('changed');
});
