import { and, eq, isNull } from 'drizzle-orm';
import { orgKeys } from '@/drizzle/schema';
import type { Deps } from '../deps';
import { hashToken, randomKey } from '../secrets';

/** Makes the organisation's key and ends the one before it (lock-api 2, rule 6). Without a project: a super key. */
export async function createOrgKey(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  projectId: number | undefined,
): Promise<{ id: string; key: string }> {
  const key = randomKey();
  return db.transaction(async (tx) => {
    if (projectId !== undefined) {
      await tx
        .update(orgKeys)
        .set({ revokedAt: clock.now() })
        .where(and(eq(orgKeys.projectId, projectId), isNull(orgKeys.revokedAt)));
    }
    const [row] = await tx
      .insert(orgKeys)
      .values({ projectId: projectId ?? null, isSuper: projectId === undefined, keyHash: hashToken(key) })
      .returning({ id: orgKeys.id });
    if (row === undefined) throw new Error('no key was made');
    return { id: row.id, key };
  });
}
