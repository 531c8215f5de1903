import { eq } from 'drizzle-orm';
import { homeMembers, homes, users } from '@/drizzle/schema';
import { invalidField } from '../../domain/errors';
import type { Role } from '../../domain/permissions';
import type { Deps } from '../deps';

/** An operator puts an account of the same project into a home, or changes its role there. */
export async function addMember(
  { db }: Pick<Deps, 'db'>,
  homeId: number,
  userId: number,
  role: Role,
): Promise<void> {
  const [home] = await db.select().from(homes).where(eq(homes.id, homeId));
  if (home === undefined) throw invalidField('home', 'there is no such home');
  const [user] = await db.select().from(users).where(eq(users.id, userId));
  if (user?.projectId !== home.projectId) throw invalidField('user', 'is no user of this project');
  await db
    .insert(homeMembers)
    .values({ homeId, userId, role })
    .onConflictDoUpdate({ target: [homeMembers.homeId, homeMembers.userId], set: { role } });
}
