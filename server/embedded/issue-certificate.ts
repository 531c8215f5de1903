// The certificate package asks for this one to be loaded before it.
import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import os from 'node:os';
import * as x509 from '@peculiar/x509';

/** A certificate and its key, PEM. */
export interface Issued {
  cert: string;
  key: string;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const dayMs = 86_400_000;
/** Clocks of phones run a little behind. */
const slackMs = 3_600_000;
const crypto = webcrypto as unknown as Crypto;
x509.cryptoProvider.set(crypto);

async function makeKeys(): Promise<{ keys: CryptoKeyPair; pem: string }> {
  const keys = (await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair;
  const pem = x509.PemConverter.encode(
    await crypto.subtle.exportKey('pkcs8', keys.privateKey),
    'PRIVATE KEY',
  );
  return { keys, pem: `${pem.trimEnd()}\n` };
}

/** 128 bits, positive. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

function life(now: Date, days: number) {
  const notBefore = new Date(now.getTime() - slackMs);
  return { notBefore, notAfter: new Date(notBefore.getTime() + days * dayMs) };
}

const pemOf = (certificate: x509.X509Certificate) => `${certificate.toString('pem').trimEnd()}\n`;

/** Makes a certificate authority that may sign certificates of servers or of clients and no authority below it. */
export async function issueAuthority({
  now,
  days,
  name = `Latchkey on ${os.hostname()}`,
}: {
  now: Date;
  days: number;
  name?: string;
}): Promise<Issued> {
  const { keys, pem } = await makeKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ O: ['Latchkey'] }, { CN: [name] }],
    ...life(now, days),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, crypto),
    ],
  });
  return { cert: pemOf(certificate), key: pem };
}

/** What certificates of servers and of clients have in common. */
async function issueBelow({
  ca,
  subject,
  now,
  days,
  extensions,
}: {
  ca: Issued;
  subject: x509.JsonName;
  now: Date;
  days: number;
  extensions: readonly x509.Extension[];
}): Promise<Issued & { serialNumber: string; notAfter: Date }> {
  const { keys, pem } = await makeKeys();
  const authority = new x509.X509Certificate(ca.cert);
  const signingKey = await crypto.subtle.importKey(
    'pkcs8',
    x509.PemConverter.decodeFirst(ca.key),
    algorithm,
    false,
    ['sign'],
  );
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject,
    issuer: authority.subjectName,
    ...life(now, days),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      ...extensions,
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, crypto),
      await x509.AuthorityKeyIdentifierExtension.create(authority.publicKey, false, crypto),
    ],
  });
  const { serialNumber: serial, notAfter } = certificate;
  return { cert: pemOf(certificate), key: pem, serialNumber: serial, notAfter };
}

/** Makes a server certificate for names and addresses, signed by an authority. */
export function issueServer({
  ca,
  names,
  now,
  days,
}: {
  ca: Issued;
  names: readonly string[];
  now: Date;
  days: number;
}): Promise<Issued> {
  const subject: x509.JsonName = [{ O: ['Latchkey'] }, { CN: [os.hostname()] }];
  const extensions = [
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    new x509.SubjectAlternativeNameExtension(
      names.map((value) => ({ type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const), value })),
    ),
  ];
  return issueBelow({ ca, subject, now, days, extensions });
}

/** Makes the certificate of a thing, good for nothing but a client's side: its subject's common name is the thing. */
export function issueClient({
  ca,
  thing,
  now,
  days,
}: {
  ca: Issued;
  thing: string;
  now: Date;
  days: number;
}): Promise<Issued & { serialNumber: string; notAfter: Date }> {
  const extensions = [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth])];
  return issueBelow({ ca, subject: [{ CN: [thing] }], now, days, extensions });
}
