import { eq } from 'drizzle-orm';
import { users } from '@/drizzle/schema';
import { type AuthenticationAnswer, authenticationResponse } from '../../contracts/webauthn';
import { Failure } from '../../domain/errors';
import { createSession, dashboardApp } from '../auth/create-session';
import { dashboardProject } from '../auth/sign-in';
import type { Caller, Deps } from '../deps';
import { countAttempt } from '../rates/count-attempt';
import { takeChallenge } from './challenge';
import { relyingParty } from './relying-party';
import { verifyPasskey } from './verify-passkey';

function readAnswer(text: string): AuthenticationAnswer | undefined {
  try {
    return authenticationResponse.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * Signs a person in on the pages with a passkey that names its owner; `answer` is the browser's, as JSON text. The same
 * session comes of it as of a password. Raises `rate_limited`, and one `unauthenticated` for everything that does not fit.
 */
export async function signInByPasskey(
  deps: Deps,
  caller: Pick<Caller, 'address' | 'origin' | 'userAgent'>,
  answerText: string,
): Promise<{ token: string; userId: number }> {
  const { db, clock } = deps;
  const answer = readAnswer(answerText);
  if (answer === undefined) throw new Failure('unauthenticated');
  await countAttempt(deps, `login passkey ${answer.id.slice(0, 200)} ${caller.address ?? ''}`, 5, 60);
  const party = relyingParty(deps, caller);
  const project = await dashboardProject(deps);
  const now = clock.now();
  // By itself, so that it stays used whatever comes of the rest.
  const challenge = await takeChallenge(db, answer.response.clientDataJSON, { purpose: 'sign-in' }, now);
  if (challenge === undefined) throw new Failure('unauthenticated');
  return db.transaction(async (tx) => {
    const passkey = await verifyPasskey(deps, tx, party, { answer, challenge }, now);
    if (typeof passkey === 'string') throw new Failure('unauthenticated');
    const [user] = await tx.select().from(users).where(eq(users.id, passkey.userId));
    if (user === undefined || user.projectId !== project?.id || !user.registered || !user.verified)
      throw new Failure('unauthenticated');
    const { token } = await createSession(tx, user.id, dashboardApp, now, caller);
    return { token, userId: user.id };
  });
}
