import { projectKeys } from '@/drizzle/schema';
import type { keyPermissions } from '../../contracts/project-words';
import type { Database } from '../../db/client';
import { recordDeed } from '../audit/record';
import type { Caller, Deps } from '../deps';
import { hashToken, modeToken } from '../secrets';
import { operator } from '../staff/operator';

/** Makes a project key; the key itself is shown this once. */
export async function createProjectKey(
  { db, clock }: Pick<Deps, 'clock'> & { db: Pick<Database, 'transaction'> },
  wanted: { projectId: number; name: string; permissions: readonly (typeof keyPermissions)[number][] },
  { principal: by, address }: Pick<Caller, 'principal' | 'address'> = operator,
): Promise<{ id: number; name: string; permissions: readonly string[]; key: string }> {
  const at = clock.now();
  const { projectId, name, permissions } = wanted;
  const key = modeToken('pk', projectId, at);
  const id = await db.transaction(async (tx) => {
    const [row] = await tx
      .insert(projectKeys)
      .values({ projectId, name, permissions: [...permissions], keyHash: hashToken(key) })
      .returning({ id: projectKeys.id });
    if (row === undefined) throw new Error('no key was made');
    await recordDeed(tx, by, {
      projectId,
      action: 'key.create',
      subject: { kind: 'projectKey', id: String(row.id) },
      data: { name, permissions: [...permissions] },
      address: address ?? null,
      at,
    });
    return row.id;
  });
  return { id, name, permissions, key };
}
