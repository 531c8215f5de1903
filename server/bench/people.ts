import { randomUUID } from 'node:crypto';
import { homeMembers, homes, locks, projects, things, users } from '@/drizzle/schema';
import type { Database } from '@/server/db/client';
import { createSession } from '@/server/services/auth/create-session';
import { hashToken, randomKey } from '@/server/services/secrets';

/** A home with two members and a door, as a benchmark needs it. */
export interface BenchHome {
  homeId: number;
  lockId: number;
  thing: string;
  thingPassword: string;
  /** ModeCloud token of the owner, who opens. */
  ownerToken: string;
  /** ModeCloud token of the member who watches. */
  watcherToken: string;
}

const appId = 'bench';

async function mintUsers(db: Database, projectId: number, kind: string, count: number) {
  const now = new Date();
  const rows = await db
    .insert(users)
    .values(
      Array.from({ length: count }, (_, index) => ({
        projectId,
        email: `${kind}-${index}@bench.invalid`,
        name: `${kind} ${index}`,
        verified: true,
        createdAt: now,
      })),
    )
    .returning({ id: users.id });
  return Promise.all(
    rows.map(async ({ id }) => ({ id, token: (await createSession(db, id, appId, now)).token })),
  );
}

/**
 * Makes a project with so many homes: enough principals and doors that no rate limit is met, instead of switching
 * limits off (model 5).
 */
export async function mintHomes(db: Database, count: number): Promise<BenchHome[]> {
  const [project] = await db
    .insert(projects)
    .values({ name: 'Benchmark', accountType: 'email' })
    .returning({ id: projects.id });
  if (project === undefined) throw new Error('no project was made');
  const projectId = project.id;
  const owners = await mintUsers(db, projectId, 'owner', count);
  const watchers = await mintUsers(db, projectId, 'watcher', count);
  const homeRows = await db
    .insert(homes)
    .values(Array.from({ length: count }, (_, index) => ({ projectId, name: `Home ${index}` })))
    .returning({ id: homes.id });
  const minted = homeRows.map(({ id }, index) => {
    const [owner, watcher] = [owners[index], watchers[index]];
    if (owner === undefined || watcher === undefined) throw new Error('a home without people');
    return { homeId: id, owner, watcher, uuid: randomUUID(), thingPassword: randomKey() };
  });
  await db.insert(homeMembers).values(
    minted.flatMap(({ homeId, owner, watcher }) => [
      { homeId, userId: owner.id, role: 'owner' as const },
      { homeId, userId: watcher.id, role: 'member' as const },
    ]),
  );
  const lockRows = await db
    .insert(locks)
    .values(minted.map(({ homeId, uuid }) => ({ uuid, projectId, homeId, name: 'Front door' })))
    .returning({ id: locks.id, homeId: locks.homeId });
  const lockIds = new Map(lockRows.map(({ id, homeId }) => [homeId, id]));
  await db.insert(things).values(
    minted.map(({ uuid, thingPassword }) => ({
      name: `lock-${uuid}`,
      kind: 'lock' as const,
      projectId,
      passwordHash: hashToken(thingPassword),
    })),
  );
  return minted.map(({ homeId, owner, watcher, uuid, thingPassword }) => ({
    homeId,
    lockId: lockIds.get(homeId) ?? 0,
    thing: `lock-${uuid}`,
    thingPassword,
    ownerToken: owner.token,
    watcherToken: watcher.token,
  }));
}
