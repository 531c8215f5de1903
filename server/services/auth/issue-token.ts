import { eq } from 'drizzle-orm';
import { SignJWT } from 'jose';
import { projects, users } from '@/drizzle/schema';
import type { issueToken as operation } from '../../contracts/auth';
import type { OutputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { noSession } from '../../domain/principal';
import type { Caller, Deps } from '../deps';
import { currentKeys } from './signing-keys';

export const issuer = 'latchkey';
export const audience = 'latchkey';
const lifeSeconds = 600;

/** POST /auth/token (model 1): a user JWT for a ModeCloud token, a service JWT for an organisation key. */
export async function issueToken(deps: Deps, { principal }: Caller): Promise<OutputOf<typeof operation>> {
  authorise('auth.token', principal);
  if (principal.kind !== 'user' && principal.kind !== 'orgKey') {
    throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
  }
  // A token of ours would live on a session, and there is none.
  if (principal.kind === 'user' && principal.sessionId === noSession)
    throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
  const [project] = await deps.db.select().from(projects).where(eq(projects.id, principal.projectId));
  if (project === undefined) throw new Failure('unauthenticated');
  const claims: Record<string, unknown> = { org: project.uuid };
  let subject = `service:${project.uuid}`;
  if (principal.kind === 'user') {
    const [user] = await deps.db
      .select({ email: users.email })
      .from(users)
      .where(eq(users.id, principal.userId));
    subject = String(principal.userId);
    claims.sid = principal.sessionId;
    if (user?.email) claims.email = user.email;
  } else {
    claims.kid = principal.keyId;
  }
  const keys = await currentKeys(deps);
  const now = Math.floor(deps.clock.now().getTime() / 1000);
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', kid: keys.id })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(subject)
    .setIssuedAt(now)
    .setExpirationTime(now + lifeSeconds)
    .sign(keys.privateKey);
  return { token, tokenType: 'Bearer', expiresIn: lifeSeconds };
}
