import { eq } from 'drizzle-orm';
import { orgKeys, projectKeys } from '@/drizzle/schema';
import type { Deps } from '../deps';
import { recordDeed } from './record';

type KeyPrincipal =
  | { kind: 'projectKey'; keyId: number; projectId: number; name: string; permissions: readonly string[] }
  | { kind: 'orgKey'; keyId: string; projectId: number }
  | { kind: 'superKey'; keyId: string };

const dayMs = 86_400_000;
const noted = new WeakMap<object, { day: number; keys: Set<string> }>();

/**
 * Records the first use of a key on each day (UTC), beside the request and never in its way. Several processes may try;
 * the source makes it one line.
 */
export function noteKeyUse({ db, clock, log }: Pick<Deps, 'db' | 'clock' | 'log'>, key: KeyPrincipal): void {
  const at = clock.now();
  const day = Math.floor(at.getTime() / dayMs);
  let today = noted.get(db);
  if (today?.day !== day) {
    today = { day, keys: new Set() };
    noted.set(db, today);
  }
  const { keys } = today;
  const name = `${key.kind}:${key.keyId}`;
  if (keys.has(name)) return;
  keys.add(name);
  const used =
    key.kind === 'projectKey'
      ? db.update(projectKeys).set({ lastUsedAt: at }).where(eq(projectKeys.id, key.keyId))
      : db.update(orgKeys).set({ lastUsedAt: at }).where(eq(orgKeys.id, key.keyId));
  const recorded = recordDeed(db, key, {
    projectId: 'projectId' in key ? key.projectId : 0,
    action: 'key.use',
    subject: { kind: key.kind, id: String(key.keyId) },
    source: `key-use:${name}:${at.toISOString().slice(0, 10)}`,
    at,
  });
  Promise.all([recorded, used]).catch((error: unknown) => {
    keys.delete(name);
    log.warn({ err: error }, 'the use of a key was not recorded');
  });
}
