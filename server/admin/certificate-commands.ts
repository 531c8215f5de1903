import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { invalidField } from '../domain/errors';
import { ensureAuthority } from '../embedded/certificates';
import { createCertificate } from '../services/things/create-certificate';
import { listCertificates } from '../services/things/list-certificates';
import { registerCertificate } from '../services/things/register-certificate';
import { revokeCertificate } from '../services/things/revoke-certificate';
import { type AdminDeps, type Command, command, number, text } from './command';

const daysMost = 3_653;

function folderOf({ certificates }: AdminDeps): string {
  if (certificates === undefined) throw new Error('certificates are made where DATA_DIR is');
  return certificates.dataDir;
}

/** PEM of the authority that things must trust to reach the server; null when the operator brings the certificate. */
async function serverAuthority({ certificates }: AdminDeps, dataDir: string): Promise<string | null> {
  return certificates?.isServerOurs === true ? (await ensureAuthority(dataDir)).cert : null;
}

/** Client certificates of things (house 8, device-shadow 9). */
export const certificateCommands: Record<string, Record<string, Command>> = {
  cert: {
    create: command(
      z.strictObject({ thing: text, days: number.max(daysMost).default(daysMost) }),
      async (deps, { thing, days }) => {
        const dataDir = folderOf(deps);
        const { expiresAt, ...made } = await createCertificate(deps, dataDir, { thing, days });
        return { ...made, ca: await serverAuthority(deps, dataDir), expiresAt };
      },
    ),
    /** A certificate of another authority, which TLS_CLIENT_CA_FILE must hold. */
    add: command(z.strictObject({ thing: text, file: z.string().min(1) }), async (deps, { thing, file }) => {
      const pem = await readFile(file, 'utf8').catch(() => {
        throw invalidField('file', 'cannot be read');
      });
      return registerCertificate(deps, { thing, pem });
    }),
    list: command(z.strictObject({ thing: text.optional() }), (deps, { thing }) =>
      listCertificates(deps, thing),
    ),
    revoke: command(z.strictObject({ fingerprint: text }), (deps, { fingerprint }) =>
      revokeCertificate(deps, fingerprint),
    ),
  },
};
