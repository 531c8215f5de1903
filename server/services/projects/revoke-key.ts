import { and, eq, isNull } from 'drizzle-orm';
import { projectKeys } from '@/drizzle/schema';
import type { InputOf } from '../../contracts/operation';
import type { revokeProjectKey as operation } from '../../contracts/project-keys';
import type { Caller, Deps } from '../deps';
import { changeProject, missing } from './change-project';

/** DELETE /staff/projects/{projectId}/keys/{keyId}: each request looks the key up, so its next one is refused. Raises `not_found`. */
export async function revokeProjectKey(
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  { params: { projectId, keyId } }: InputOf<typeof operation>,
): Promise<undefined> {
  await changeProject(deps, 'projects.revokeKey', caller, projectId, async ({ tx, at, record }) => {
    const [revoked] = await tx
      .update(projectKeys)
      .set({ revokedAt: at })
      .where(
        and(eq(projectKeys.id, keyId), eq(projectKeys.projectId, projectId), isNull(projectKeys.revokedAt)),
      )
      .returning({ name: projectKeys.name });
    if (revoked === undefined) throw missing();
    await record({
      action: 'key.revoke',
      subject: { kind: 'projectKey', id: String(keyId) },
      data: { name: revoked.name },
    });
  });
}
