import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type CertificateFiles, ensureCertificates } from './certificates';

const dayMs = 86_400_000;
let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'latchkey-test-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

/** Whether a client that trusts the authority accepts the server under a name. */
async function isAccepted(files: CertificateFiles, host: string, ca?: string): Promise<boolean> {
  const server = tls.createServer({ cert: readFileSync(files.certFile), key: readFileSync(files.keyFile) });
  server.on('tlsClientError', () => {});
  server.on('connection', (socket) => socket.on('error', () => {}));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = tls.connect({
    port,
    host: '127.0.0.1',
    ca: ca ?? readFileSync(files.caFile, 'utf8'),
    ...(/^[\d.:]+$/.test(host) ? {} : { servername: host }),
    checkServerIdentity: (_, certificate) => tls.checkServerIdentity(host, certificate),
  });
  try {
    return await new Promise<boolean>((resolve) => {
      client.once('secureConnect', () => resolve(client.authorized));
      client.once('error', () => resolve(false));
    });
  } finally {
    client.destroy();
    server.close();
    await once(server, 'close');
  }
}

it('is accepted by whoever trusts the authority, by name and by address, and by nobody else', async () => {
  const files = await ensureCertificates({ dataDir, hosts: ['door.example.org'] });
  for (const host of ['localhost', '127.0.0.1', '::1', os.hostname().toLowerCase(), 'door.example.org']) {
    expect([host, await isAccepted(files, host)]).toEqual([host, true]);
  }
  expect(await isAccepted(files, 'other.example.org')).toBe(false);
  expect(await isAccepted(files, '192.0.2.7')).toBe(false);

  const elsewhere = path.join(dataDir, 'elsewhere');
  const foreign = await ensureCertificates({ dataDir: elsewhere, hosts: [] });
  expect(await isAccepted(files, 'localhost', readFileSync(foreign.caFile, 'utf8'))).toBe(false);
});

it('keeps its keys to its own user and a certificate short-lived enough for browsers', async () => {
  const files = await ensureCertificates({ dataDir, hosts: [] });
  const folder = path.join(dataDir, 'certificates');
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  for (const name of ['ca.key', 'server.key'])
    expect((await stat(path.join(folder, name))).mode & 0o777).toBe(0o600);
  const server = new X509Certificate(readFileSync(files.certFile));
  expect(Date.parse(server.validTo) - Date.parse(server.validFrom)).toBeLessThanOrEqual(397 * dayMs);
  expect(server.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
  expect(server.ca).toBe(false);
  const ca = new X509Certificate(readFileSync(files.caFile));
  expect(ca.ca).toBe(true);
  expect(server.checkIssued(ca)).toBe(true);
});

it('stays as it is until it nears its end or the names change, and the authority stays then too', async () => {
  const read = (files: CertificateFiles) => ({
    ca: readFileSync(files.caFile, 'utf8'),
    cert: readFileSync(files.certFile, 'utf8'),
  });
  const now = new Date('2030-01-01T00:00:00Z');
  const later = (days: number) => new Date(now.getTime() + days * dayMs);
  const first = read(await ensureCertificates({ dataDir, hosts: [], now }));
  expect(read(await ensureCertificates({ dataDir, hosts: [], now: later(300) }))).toEqual(first);

  const renewed = read(await ensureCertificates({ dataDir, hosts: [], now: later(380) }));
  expect(renewed.ca).toBe(first.ca);
  expect(renewed.cert).not.toBe(first.cert);

  const renamed = read(await ensureCertificates({ dataDir, hosts: ['new.example.org'], now: later(380) }));
  expect(renamed.ca).toBe(first.ca);
  expect(new X509Certificate(renamed.cert).subjectAltName).toContain('DNS:new.example.org');
});
