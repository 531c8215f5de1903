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

/** Makes a certificate authority that may sign server certificates and nothing below it. */
export async function issueAuthority({ now, days }: { now: Date; days: number }): Promise<Issued> {
  const { keys, pem } = await makeKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ O: ['Latchkey'] }, { CN: [`Latchkey on ${os.hostname()}`] }],
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

/** Makes a server certificate for names and addresses, signed by an authority. */
export async function issueServer({
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
    subject: [{ O: ['Latchkey'] }, { CN: [os.hostname()] }],
    issuer: authority.subjectName,
    ...life(now, days),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const), value })),
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, crypto),
      await x509.AuthorityKeyIdentifierExtension.create(authority.publicKey, false, crypto),
    ],
  });
  return { cert: pemOf(certificate), key: pem };
}
