import { and, eq, isNull } from 'drizzle-orm';
import { orgKeys } from '@/drizzle/schema';
import type { Database } from '../../db/client';
import { recordDeed } from '../audit/record';
import type { Caller, Deps } from '../deps';
import { hashToken, randomKey } from '../secrets';
import { operator } from '../staff/operator';

/** Makes the organisation's key and ends the one before it (lock-api 2, rule 6). Without a project: a super key. */
export async function createOrgKey(
  { db, clock }: Pick<Deps, 'clock'> & { db: Pick<Database, 'transaction'> },
  projectId: number | undefined,
  { principal: by, address }: Pick<Caller, 'principal' | 'address'> = operator,
): Promise<{ id: string; key: string }> {
  const key = randomKey();
  return db.transaction(async (tx) => {
    const at = clock.now();
    let ended: { id: string }[] = [];
    if (projectId !== undefined) {
      ended = await tx
        .update(orgKeys)
        .set({ revokedAt: at })
        .where(and(eq(orgKeys.projectId, projectId), isNull(orgKeys.revokedAt)))
        .returning({ id: orgKeys.id });
    }
    const [row] = await tx
      .insert(orgKeys)
      .values({ projectId: projectId ?? null, isSuper: projectId === undefined, keyHash: hashToken(key) })
      .returning({ id: orgKeys.id });
    if (row === undefined) throw new Error('no key was made');
    const deed = { projectId: projectId ?? 0, address: address ?? null, at };
    for (const { id } of ended)
      await recordDeed(tx, by, { ...deed, action: 'key.revoke', subject: { kind: 'orgKey', id } });
    const kind = projectId === undefined ? 'superKey' : 'orgKey';
    await recordDeed(tx, by, { ...deed, action: 'key.create', subject: { kind, id: row.id } });
    return { id: row.id, key };
  });
}
