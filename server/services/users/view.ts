import type { users } from '@/drizzle/schema';
import type { User } from '../../contracts/users';
import { toTimestamp } from '../../contracts/values';

export type UserRow = typeof users.$inferSelect;

/** User as the wire shows it; absent instead of null. */
export const toUser = (row: UserRow): User => ({
  id: row.id,
  projectId: row.projectId,
  creationTime: toTimestamp(row.createdAt),
  ...(row.email === null ? {} : { email: row.email }),
  ...(row.phoneNumber === null ? {} : { phoneNumber: row.phoneNumber }),
  ...(row.name === null ? {} : { name: row.name }),
  verified: row.verified,
});
