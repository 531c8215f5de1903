import { eq } from 'drizzle-orm';
import { homeMembers, homes, users } from '@/drizzle/schema';
import { invalidField } from '../../domain/errors';
import type { Deps } from '../deps';
import type { HomeRow } from './view';

/** An operator makes a home for somebody. */
export async function addHome(
  { db }: Pick<Deps, 'db'>,
  wanted: { projectId: number; name: string; ownerId: number; timezone?: string },
): Promise<HomeRow> {
  return db.transaction(async (tx) => {
    const [owner] = await tx.select().from(users).where(eq(users.id, wanted.ownerId));
    if (owner?.projectId !== wanted.projectId) throw invalidField('owner', 'is no user of this project');
    const [home] = await tx
      .insert(homes)
      .values({ projectId: wanted.projectId, name: wanted.name, timezone: wanted.timezone })
      .returning();
    if (home === undefined) throw new Error('no home was made');
    await tx.insert(homeMembers).values({ homeId: home.id, userId: wanted.ownerId, role: 'owner' });
    return home;
  });
}
