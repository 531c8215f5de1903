import { and, eq, isNull, not, sql } from 'drizzle-orm';
import { things } from '@/drizzle/schema';
import type { Deps } from '../deps';
import { hashToken } from '../secrets';
import { isBarred } from './barred';

/** Whether the password is the thing's, the thing is not revoked, and no suspended hub has taken its rights. */
export async function authenticateThing(
  { db }: Pick<Deps, 'db'>,
  name: string,
  password: string,
): Promise<boolean> {
  const [thing] = await db
    .select()
    .from(things)
    .where(and(eq(things.name, name), isNull(things.revokedAt), not(isBarred(sql`${things.name}`))));
  return thing?.passwordHash?.equals(hashToken(password)) ?? false;
}
