import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * The installation's one secret, 32 random bytes in base64: made at the first call and kept in DATA_DIR/secrets-key for
 * our own user alone. What is encrypted at rest is lost without it.
 */
export async function ensureSecretsKey(dataDir: string): Promise<string> {
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  const file = path.join(dataDir, 'secrets-key');
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, randomBytes(32).toString('base64'), { mode: 0o600, flush: true });
  try {
    // Of two who make it at once, one wins and both read the same.
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const key = (await readFile(file, 'utf8')).trim();
  if (Buffer.from(key, 'base64').length < 32) throw new Error(`${file} holds no key of 32 bytes in base64`);
  return key;
}
