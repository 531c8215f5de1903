import type { homeMembers } from '@/drizzle/schema';
import type { HomeMember } from '../../contracts/members';
import { toTimestamp } from '../../contracts/values';
import type { UserRow } from '../users/view';

export type MembershipRow = typeof homeMembers.$inferSelect;

/** Home member as the wire shows it (mode-api 4): two roles, a guest told apart by `accessRole` (model 2). */
export const toMember = (
  membership: Pick<MembershipRow, 'createdAt' | 'role'>,
  user: Pick<UserRow, 'id' | 'name' | 'email' | 'phoneNumber' | 'verified'>,
): HomeMember => ({
  userId: user.id,
  creationTime: toTimestamp(membership.createdAt),
  name: user.name ?? '',
  ...(user.email === null ? {} : { email: user.email }),
  ...(user.phoneNumber === null ? {} : { phoneNumber: user.phoneNumber }),
  verified: user.verified,
  role: membership.role === 'owner' ? 'owner' : 'member',
  ...(membership.role === 'guest' ? { accessRole: 'guest' as const } : {}),
});
