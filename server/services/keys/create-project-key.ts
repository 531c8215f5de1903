import { projectKeys } from '@/drizzle/schema';
import type { Principal } from '../../domain/principal';
import { recordDeed } from '../audit/record';
import type { Deps } from '../deps';
import { hashToken, modeToken } from '../secrets';
import { operator } from '../staff/operator';

export const keyPermissions = ['commands', 'events', 'kv', 'byou', 'admin'] as const;

/** Makes a project key; the key itself is shown this once. */
export async function createProjectKey(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  wanted: { projectId: number; name: string; permissions: readonly (typeof keyPermissions)[number][] },
  by: Principal = operator.principal,
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
      at,
    });
    return row.id;
  });
  return { id, name, permissions, key };
}
