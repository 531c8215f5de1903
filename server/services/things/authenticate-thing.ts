import { and, eq, isNull } from 'drizzle-orm';
import { things } from '@/drizzle/schema';
import type { Deps } from '../deps';
import { hashToken } from '../secrets';

/** Whether the password is the thing's and the thing is not revoked. */
export async function authenticateThing(
  { db }: Pick<Deps, 'db'>,
  name: string,
  password: string,
): Promise<boolean> {
  const [thing] = await db
    .select()
    .from(things)
    .where(and(eq(things.name, name), isNull(things.revokedAt)));
  return thing?.passwordHash?.equals(hashToken(password)) ?? false;
}
