import { randomUUID } from 'node:crypto';
import { asc, isNull, sql } from 'drizzle-orm';
import { exportJWK, exportPKCS8, generateKeyPair, importJWK, importPKCS8 } from 'jose';
import { signingKeys } from '@/drizzle/schema';
import type { Deps } from '../deps';

const algorithm = 'EdDSA';
const rotateAfterMs = 30 * 24 * 3_600_000;
/** A retired key stays published as long as a token signed with it may live, and a good deal more. */
const publishedForMs = 24 * 3_600_000;
const makeKeyLock = 7_274_823_902;

type Key = CryptoKey;
interface Loaded {
  id: string;
  privateKey: Key;
  publicJwk: Record<string, unknown>;
  publicKeys: Map<string, Key>;
  readAt: number;
}
const loaded = new WeakMap<object, Promise<Loaded>>();
const reloadAfterMs = 60_000;
/** Keys that nobody has are asked for no more often than this. */
const unknownAfterMs = 1_000;

async function load({ db, secrets, clock }: Deps): Promise<Loaded> {
  const now = clock.now();
  const usable = async () => {
    const rows = await db
      .select()
      .from(signingKeys)
      .where(isNull(signingKeys.retiredAt))
      .orderBy(asc(signingKeys.createdAt));
    return rows.filter((row) => now.getTime() - row.createdAt.getTime() < rotateAfterMs).at(-1);
  };
  let current = await usable();
  if (current === undefined) {
    await db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${makeKeyLock})`);
      if ((await usable()) !== undefined) return;
      const pair = await generateKeyPair(algorithm, { crv: 'Ed25519', extractable: true });
      const id = randomUUID();
      await tx.update(signingKeys).set({ retiredAt: now }).where(isNull(signingKeys.retiredAt));
      await tx.insert(signingKeys).values({
        id,
        publicJwk: { ...(await exportJWK(pair.publicKey)), kid: id, alg: algorithm, use: 'sig' },
        sealedPrivateKey: secrets.seal(Buffer.from(await exportPKCS8(pair.privateKey))),
        createdAt: now,
      });
    });
    current = await usable();
  }
  if (current === undefined) throw new Error('no signing key could be made');
  const published = await db.select().from(signingKeys);
  const publicKeys = new Map<string, Key>();
  for (const row of published) {
    if (row.retiredAt !== null && now.getTime() - row.retiredAt.getTime() > publishedForMs) continue;
    publicKeys.set(row.id, (await importJWK(row.publicJwk, algorithm)) as Key);
  }
  return {
    id: current.id,
    privateKey: await importPKCS8(secrets.open(current.sealedPrivateKey).toString(), algorithm),
    publicJwk: current.publicJwk,
    publicKeys,
    readAt: now.getTime(),
  };
}

/** Keys in use, made at first need, renewed every 30 days, read again after a minute, or `sinceMs`. */
export async function currentKeys(deps: Deps, sinceMs = reloadAfterMs): Promise<Loaded> {
  const known = loaded.get(deps.db);
  if (known !== undefined) {
    const keys = await known.catch(() => undefined);
    if (keys !== undefined && deps.clock.now().getTime() - keys.readAt < sinceMs) return keys;
  }
  const fresh = load(deps);
  loaded.set(deps.db, fresh);
  fresh.catch(() => loaded.delete(deps.db));
  return fresh;
}

/** The key to verify by what another process may have signed a moment ago with a new one; undefined: nobody's. */
export async function publicKey(deps: Deps, id: string): Promise<Key | undefined> {
  const key = (await currentKeys(deps)).publicKeys.get(id);
  return key ?? (await currentKeys(deps, unknownAfterMs)).publicKeys.get(id);
}

/** The document at `/.well-known/jwks.json`. */
export async function publishedKeys(deps: Deps): Promise<{ keys: Record<string, unknown>[] }> {
  await currentKeys(deps);
  const now = deps.clock.now().getTime();
  const rows = await deps.db.select().from(signingKeys);
  return {
    keys: rows
      .filter((row) => row.retiredAt === null || now - row.retiredAt.getTime() < publishedForMs)
      .map((row) => row.publicJwk),
  };
}
