import { and, eq, isNull } from 'drizzle-orm';
import { jwtIssuers } from '@/drizzle/schema';
import type { InputOf } from '../../contracts/operation';
import type { removeIssuer as operation } from '../../contracts/project-issuers';
import type { Caller, Deps } from '../deps';
import { removeIssuer } from '../issuers/remove-issuer';
import { changeProject, missing } from './change-project';

/** DELETE /staff/projects/{projectId}/issuers/{issuerId}. Raises `not_found` for those of other projects. */
export async function dropIssuer(
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  { params: { projectId, issuerId } }: InputOf<typeof operation>,
): Promise<undefined> {
  await changeProject(deps, 'projects.removeIssuer', caller, projectId, async ({ tx }) => {
    const [trusted] = await tx
      .select({ id: jwtIssuers.id })
      .from(jwtIssuers)
      .where(
        and(eq(jwtIssuers.id, issuerId), eq(jwtIssuers.projectId, projectId), isNull(jwtIssuers.revokedAt)),
      )
      .for('update');
    if (trusted === undefined) throw missing();
    await removeIssuer({ db: tx, clock: deps.clock }, issuerId, caller);
  });
}
