import { X509Certificate } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Issued } from './issue-certificate';

export interface CertificateSettings {
  dataDir: string;
  /** Names and addresses beyond those of this machine. */
  hosts: readonly string[];
  /** For tests. */
  now?: Date;
}

/** PEM files of the self-made authority and of the server. */
export interface CertificateFiles {
  caFile: string;
  certFile: string;
  keyFile: string;
}

const dayMs = 86_400_000;
const renewBeforeMs = 30 * dayMs;
const caDays = 3_653;
/** Browsers and phones refuse server certificates that live longer. */
const serverDays = 397;

/** Names that this machine is reached by, addresses in the form that certificates show them. */
function wantedNames(hosts: readonly string[]): string[] {
  const lan = Object.values(os.networkInterfaces())
    .flatMap((list) => list ?? [])
    // Link-local addresses cannot be typed into a browser.
    .filter((entry) => !entry.address.startsWith('fe80:'))
    .map((entry) => entry.address);
  const name = os.hostname().toLowerCase();
  const unbracketed = hosts.map((host) => host.toLowerCase().replace(/^\[|\]$/g, ''));
  const all = ['localhost', '127.0.0.1', '::1', name, ...lan, ...unbracketed];
  return [...new Set(all)]
    .filter((host) => isIP(host) !== 0 || /^[a-z0-9_*-]+(\.[a-z0-9_-]+)*$/.test(host))
    .sort();
}

async function readPair(certFile: string, keyFile: string): Promise<Issued | undefined> {
  try {
    const [cert, key] = await Promise.all([readFile(certFile, 'utf8'), readFile(keyFile, 'utf8')]);
    return { cert, key };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes a file in one step: nobody ever reads half of it. */
export async function writeWhole(file: string, text: string, mode: number): Promise<void> {
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, text, { mode, flush: true });
  await rename(draft, file);
}

function lasts(certificate: X509Certificate, now: Date): boolean {
  return Date.parse(certificate.validTo) - now.getTime() > renewBeforeMs;
}

/** Whether a server certificate is of this authority, lives on and answers to exactly these names. */
function isCurrent(
  pair: Issued,
  ca: Issued,
  namesText: string,
  names: readonly string[],
  now: Date,
): boolean {
  const certificate = new X509Certificate(pair.cert);
  if (!certificate.verify(new X509Certificate(ca.cert).publicKey) || !lasts(certificate, now)) return false;
  return namesText === names.join('\n');
}

/** The folder of authorities and certificates, made for our own user alone when it is missing. */
export async function certificateFolder(dataDir: string): Promise<string> {
  const folder = path.join(dataDir, 'certificates');
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o700);
  return folder;
}

/** The authority of the server's certificate, made when it is missing or about to end. */
export async function ensureAuthority(dataDir: string, now = new Date()): Promise<Issued> {
  const folder = await certificateFolder(dataDir);
  const [caFile, caKeyFile] = [path.join(folder, 'ca.pem'), path.join(folder, 'ca.key')];
  const kept = await readPair(caFile, caKeyFile);
  if (kept !== undefined && lasts(new X509Certificate(kept.cert), now)) return kept;
  const { issueAuthority } = await import('./issue-certificate');
  const ca = await issueAuthority({ now, days: caDays });
  await writeWhole(caKeyFile, ca.key, 0o600);
  await writeWhole(caFile, ca.cert, 0o644);
  return ca;
}

/**
 * Makes sure that there is an authority of our own (10 years, kept in DATA_DIR/certificates) and a certificate of it for
 * this machine: EC P-256, at most 397 days, made anew 30 days before its end or when the machine's names have changed.
 */
export async function ensureCertificates({
  dataDir,
  hosts,
  now = new Date(),
}: CertificateSettings): Promise<CertificateFiles> {
  const folder = await certificateFolder(dataDir);
  const [caFile, certFile, keyFile, namesFile] = ['ca.pem', 'server.pem', 'server.key', 'names'].map((name) =>
    path.join(folder, name),
  ) as [string, string, string, string];
  const names = wantedNames(hosts);

  const ca = await ensureAuthority(dataDir, now);
  const server = await readPair(certFile, keyFile);
  const namesText = await readFile(namesFile, 'utf8').catch(() => '');
  if (server === undefined || !isCurrent(server, ca, namesText, names, now)) {
    const { issueServer } = await import('./issue-certificate');
    const issued = await issueServer({ ca, names, now, days: serverDays });
    await writeWhole(keyFile, issued.key, 0o600);
    // With its authority behind it, so that a client shown either can tell the chain.
    await writeWhole(certFile, issued.cert + ca.cert, 0o644);
    await writeWhole(namesFile, names.join('\n'), 0o644);
  }
  return { caFile, certFile, keyFile };
}
