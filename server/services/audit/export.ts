import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { invalidField } from '../../domain/errors';
import type { Deps } from '../deps';
import { keptHeads } from './head-files';
import { headPublicKey } from './head-keys';
import { linesOf, projectsOfAudit, sealsOf } from './read-chain';

export interface Exported {
  file: string;
  entries: number;
  seals: number;
  heads: number;
}

type Item = Record<string, unknown>;

/** Everything that the hash chains say of a time, one object at a time. */
async function* itemsOf(
  tx: Parameters<typeof sealsOf>[0],
  secrets: Deps['secrets'],
  dataDir: string,
  { projects, from, to }: { projects: readonly number[]; from: string | undefined; to: string | undefined },
): AsyncGenerator<Item> {
  const isWithin = (at: string) => (from === undefined || at >= from) && (to === undefined || at < to);
  yield { kind: 'key', algorithm: 'Ed25519', publicKey: headPublicKey(secrets) };
  for (const project of projects) {
    for await (const lines of linesOf(tx, project, { above: 0 }))
      for (const line of lines) if (isWithin(line.createdAt)) yield { kind: 'entry', ...line };
    for await (const seal of sealsOf(tx, project))
      if (isWithin(seal.sealedAt)) yield { kind: 'seal', ...seal };
    for (const { head } of await keptHeads(dataDir, project))
      if (head !== undefined && isWithin(head.at)) yield { kind: 'head', ...head };
  }
}

/**
 * Writes the trail of one project, or of all, to a new file as JSON Lines: the public key, entries as their hashes cover
 * them, seals and signed heads. `from` and `to` (the first moment without) choose by time. Raises `invalid` when the file
 * is there or cannot be written.
 */
export async function exportAudit(
  { db, secrets }: Pick<Deps, 'db' | 'secrets'>,
  asked: {
    dataDir: string;
    file: string;
    project?: number | undefined;
    from?: Date | undefined;
    to?: Date | undefined;
  },
): Promise<Exported> {
  const { dataDir, file, project, from, to } = asked;
  const out = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  const failed = new Promise<never>((_, reject) => {
    out.once('error', (error) => reject(invalidField('file', error.message)));
  });
  failed.catch(() => {});
  const counts = { entry: 0, seal: 0, head: 0, key: 0 };
  await db.transaction(
    async (tx) => {
      const projects = project === undefined ? await projectsOfAudit(tx) : [project];
      const times = { from: from?.toISOString(), to: to?.toISOString() };
      for await (const item of itemsOf(tx, secrets, dataDir, { projects, ...times })) {
        counts[item.kind as keyof typeof counts] += 1;
        if (!out.write(`${JSON.stringify(item)}\n`))
          await Promise.race([failed, new Promise((resolve) => out.once('drain', () => resolve(undefined)))]);
      }
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
  out.end();
  await Promise.race([failed, finished(out)]);
  return { file, entries: counts.entry, seals: counts.seal, heads: counts.head };
}
