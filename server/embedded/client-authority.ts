import { createPrivateKey, X509Certificate } from 'node:crypto';
import { link, readFile, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { certificateFolder, writeWhole } from './certificates';
import type { Issued } from './issue-certificate';

/** Longer than two lives of a thing's certificate, so that none outlives its authority by plan. */
const authorityDays = 25 * 365;

/** Certificate and key stand in one file, so that two processes can never mix theirs. */
function readBoth(text: string): Issued {
  const cert = new X509Certificate(text).toString();
  const key = createPrivateKey(text).export({ type: 'pkcs8', format: 'pem' }).toString();
  return { cert, key };
}

const ifExists = async (file: string): Promise<string | undefined> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/**
 * The authority that vouches for things (`DATA_DIR/certificates`): not the one of the server, which people put into
 * their phones. Made at the first call; of several processes that make it at once, the first wins for all of them.
 */
export async function ensureClientAuthority(
  dataDir: string,
  now = new Date(),
): Promise<Issued & { file: string }> {
  const folder = await certificateFolder(dataDir);
  const [both, file] = [path.join(folder, 'clients.key'), path.join(folder, 'clients.pem')];
  let text = await ifExists(both);
  if (text === undefined) {
    const { issueAuthority } = await import('./issue-certificate');
    const made = await issueAuthority({ now, days: authorityDays, name: 'Latchkey things' });
    const draft = `${both}.${process.pid}`;
    await writeFile(draft, made.cert + made.key, { mode: 0o600, flush: true });
    await link(draft, both).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await unlink(draft);
    text = await readFile(both, 'utf8');
  }
  const authority = readBoth(text);
  if ((await ifExists(file)) !== authority.cert) await writeWhole(file, authority.cert, 0o644);
  return { ...authority, file };
}
