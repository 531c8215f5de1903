import { and, eq, isNull } from 'drizzle-orm';
import { homeMembers } from '@/drizzle/schema';
import type { seeInvitation as operation } from '../../contracts/auth';
import type { InputOf } from '../../contracts/operation';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { recordPerson } from '../members/record-member';
import { findMailToken } from './mail-token';

/**
 * POST /auth/user/invitation/seen: the invited person looks at the page. Kept once a membership, and told to the homes.
 * Raises INVALID_TOKEN.
 */
export async function seeInvitation(
  { db, bus, clock }: Deps,
  { principal }: Caller,
  { body }: InputOf<typeof operation>,
): Promise<undefined> {
  authorise('auth.seeInvitation', principal);
  const now = clock.now();
  const events = await db.transaction(async (tx) => {
    const { user } = await findMailToken(tx, 'invitation', body.token, now);
    const seen = await tx
      .update(homeMembers)
      .set({ invitationSeenAt: now })
      .where(and(eq(homeMembers.userId, user.id), isNull(homeMembers.invitationSeenAt)))
      .returning({ homeId: homeMembers.homeId });
    return seen.length === 0 ? [] : recordPerson(tx, user);
  });
  bus.announce(events);
}
