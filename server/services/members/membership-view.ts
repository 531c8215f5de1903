import type { GrantView } from '../../contracts/access';
import type { Membership } from '../../contracts/members';
import { toTimestamp } from '../../contracts/values';
import { invitationLifeMs, invitationState } from '../../domain/invitation';
import type { UserRow } from '../users/view';
import type { MembershipRow } from './view';

function toInvitation(row: MembershipRow, now: Date): NonNullable<Membership['invitation']> {
  const sentAt = row.invitedAt ?? row.createdAt;
  const state = invitationState(sentAt, row.invitationSeenAt, now);
  return {
    state,
    sentAt: toTimestamp(sentAt),
    ...(state === 'seen' && row.invitationSeenAt !== null
      ? { seenAt: toTimestamp(row.invitationSeenAt) }
      : {}),
    expiresAt: toTimestamp(new Date(sentAt.getTime() + invitationLifeMs)),
  };
}

/** A place in a home as its pages show it at an instant. */
export const toMembership = (
  row: MembershipRow,
  user: UserRow,
  grants: GrantView[],
  now: Date,
): Membership => ({
  userId: user.id,
  ...(user.name === null || user.name === '' ? {} : { name: user.name }),
  ...(user.email === null ? {} : { email: user.email }),
  ...(user.phoneNumber === null ? {} : { phoneNumber: user.phoneNumber }),
  verified: user.verified,
  role: row.role,
  since: toTimestamp(row.createdAt),
  ...(user.verified ? {} : { invitation: toInvitation(row, now) }),
  grants,
});
