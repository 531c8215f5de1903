import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

export const ownerRole = 'latchkey_owner';
export const appRole = 'latchkey_app';
export const databaseName = 'latchkey';

const schema = z.object({
  port: z.number().int().positive(),
  ownerPassword: z.string().min(1),
  appPassword: z.string().min(1),
});

/** Port and passwords of an embedded database. */
export type Credentials = z.output<typeof schema>;

const fileIn = (records: string) => path.join(records, 'credentials.json');

/** Fresh passwords of 192 random bits each. */
export function makeCredentials(port: number): Credentials {
  const password = () => randomBytes(24).toString('base64url');
  return { port, ownerPassword: password(), appPassword: password() };
}

/** What was kept, or undefined when the file is missing or broken. */
export async function readCredentials(records: string): Promise<Credentials | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(fileIn(records), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') throw error;
    return undefined;
  }
}

/** Keeps credentials for our own user alone. */
export async function writeCredentials(records: string, credentials: Credentials): Promise<void> {
  const draft = `${fileIn(records)}.${process.pid}`;
  await writeFile(draft, JSON.stringify(credentials), { mode: 0o600 });
  await rename(draft, fileIn(records));
}

/** Addresses of the database for the application and for the owner. */
export function urlsOf({ port, ownerPassword, appPassword }: Credentials): { url: string; ownerUrl: string } {
  const address = `127.0.0.1:${port}/${databaseName}`;
  return {
    url: `postgres://${appRole}:${appPassword}@${address}`,
    ownerUrl: `postgres://${ownerRole}:${ownerPassword}@${address}`,
  };
}
