import { and, eq, isNull } from 'drizzle-orm';
import { orgKeys } from '@/drizzle/schema';
import type { InputOf } from '../../contracts/operation';
import type { revokeOrgKey as operation } from '../../contracts/project-keys';
import type { Caller, Deps } from '../deps';
import { changeProject, missing } from './change-project';

/** DELETE /staff/projects/{projectId}/org-keys/{keyId}: it and the tokens made from it are refused from the next request on. Raises `not_found`. */
export async function revokeOrgKey(
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  { params: { projectId, keyId } }: InputOf<typeof operation>,
): Promise<undefined> {
  await changeProject(deps, 'projects.revokeOrgKey', caller, projectId, async ({ tx, at, record }) => {
    const revoked = await tx
      .update(orgKeys)
      .set({ revokedAt: at })
      .where(and(eq(orgKeys.id, keyId), eq(orgKeys.projectId, projectId), isNull(orgKeys.revokedAt)))
      .returning({ id: orgKeys.id });
    if (revoked.length === 0) throw missing();
    await record({ action: 'key.revoke', subject: { kind: 'orgKey', id: keyId } });
  });
}
