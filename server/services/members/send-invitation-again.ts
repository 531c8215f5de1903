import { and, eq } from 'drizzle-orm';
import { homeMembers } from '@/drizzle/schema';
import type { Transaction } from '../../db/client';
import { Failure } from '../../domain/errors';
import type { Language } from '../../domain/language';
import type { HomeEvent } from '../../event-store/outbox';
import type { Deps } from '../deps';
import type { HomeRow } from '../homes/view';
import { lockHome } from './keep-owner';
import { loadMember } from './load-member';
import { recordMember } from './record-member';
import { sendInvitation } from './send-invitation';
import { toMember } from './view';

/**
 * Mails an invitation once more, in the caller's transaction; its life begins anew. Whoever calls has asked the permission
 * table. Raises `not_found`, `invalid` ALREADY_ACCEPTED and NO_MAILBOX, and `rate_limited` at the sixth letter in ten
 * minutes.
 */
export async function sendInvitationAgain(
  deps: Pick<Deps, 'clock' | 'messaging' | 'secrets'>,
  tx: Transaction,
  home: HomeRow,
  userId: number,
  { inviter, language }: { inviter: string; language?: Language | undefined },
): Promise<HomeEvent | undefined> {
  await lockHome(tx, home.id);
  const row = await loadMember(tx, home.id, userId);
  if (row === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
  if (row.user.verified)
    throw new Failure('invalid', { reason: 'ALREADY_ACCEPTED', message: 'This person is in already.' });
  if (row.user.email === null)
    throw new Failure('invalid', { reason: 'NO_MAILBOX', message: 'Invitations go out by mail alone.' });
  await sendInvitation(deps, tx, row.user, {
    inviter,
    home,
    language: row.user.language ?? language,
  });
  await tx
    .update(homeMembers)
    .set({ invitedAt: deps.clock.now() })
    .where(and(eq(homeMembers.homeId, home.id), eq(homeMembers.userId, userId)));
  return recordMember(tx, home.id, {
    action: 'changed',
    userId,
    member: toMember(row.membership, row.user),
  });
}
