import { projectKeys } from '@/drizzle/schema';
import type { Deps } from '../deps';
import { hashToken, modeToken } from '../secrets';

export const keyPermissions = ['commands', 'events', 'kv', 'byou', 'admin'] as const;

/** Makes a project key; the key itself is shown this once. */
export async function createProjectKey(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  wanted: { projectId: number; name: string; permissions: readonly (typeof keyPermissions)[number][] },
): Promise<{ id: number; name: string; permissions: readonly string[]; key: string }> {
  const key = modeToken('pk', wanted.projectId, clock.now());
  const [row] = await db
    .insert(projectKeys)
    .values({
      projectId: wanted.projectId,
      name: wanted.name,
      permissions: [...wanted.permissions],
      keyHash: hashToken(key),
    })
    .returning({ id: projectKeys.id });
  if (row === undefined) throw new Error('no key was made');
  return { id: row.id, name: wanted.name, permissions: wanted.permissions, key };
}
