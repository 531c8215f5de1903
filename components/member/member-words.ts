import type { GrantView } from '@/server/contracts/access';
import type { Membership } from '@/server/contracts/members';
import type { AccessWindow } from '../access/window-words';

/** What a member is called where there is no name yet. */
export const memberName = ({ name, email, phoneNumber, userId }: Membership): string =>
  name ?? email ?? phoneNumber ?? `#${userId}`;

/** The window of a grant by itself. */
export const windowOf = ({ validFrom, validUntil, weekdays, from, until }: GrantView): AccessWindow => ({
  ...(validFrom === undefined ? {} : { validFrom }),
  ...(validUntil === undefined ? {} : { validUntil }),
  ...(weekdays === undefined ? {} : { weekdays }),
  ...(from === undefined ? {} : { from }),
  ...(until === undefined ? {} : { until }),
});

/** Whether nobody but this member could act as an owner; the service refuses to let such a one go. */
export const isLastOwner = (member: Membership, all: readonly Membership[]): boolean =>
  member.role === 'owner' &&
  !all.some(({ userId, role, verified }) => userId !== member.userId && role === 'owner' && verified);
