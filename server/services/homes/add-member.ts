import { eq } from 'drizzle-orm';
import { homeMembers, homes, users } from '@/drizzle/schema';
import { invalidField } from '../../domain/errors';
import type { Role } from '../../domain/permissions';
import { recordDeed } from '../audit/record';
import type { Deps } from '../deps';
import { operator } from '../staff/operator';

/** An operator puts an account of the same project into a home, or changes its role there. */
export async function addMember(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  homeId: number,
  userId: number,
  role: Role,
): Promise<void> {
  const [home] = await db.select().from(homes).where(eq(homes.id, homeId));
  if (home === undefined) throw invalidField('home', 'there is no such home');
  const [user] = await db.select().from(users).where(eq(users.id, userId));
  if (user?.projectId !== home.projectId) throw invalidField('user', 'is no user of this project');
  await db.transaction(async (tx) => {
    await tx
      .insert(homeMembers)
      .values({ homeId, userId, role })
      .onConflictDoUpdate({ target: [homeMembers.homeId, homeMembers.userId], set: { role } });
    await recordDeed(tx, operator.principal, {
      projectId: home.projectId,
      homeId,
      action: 'member.add',
      subject: { kind: 'user', id: String(userId) },
      data: { role },
      at: clock.now(),
    });
  });
}
