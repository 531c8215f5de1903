import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { hubs, locks, orgKeys, projectKeys, userSessions } from '@/drizzle/schema';
import { type Credentials, send } from './api-client';
import type { Factory } from './factories';

/** Nobody has made so many objects. */
export const random = 900_000_000_000_001;

/** Every kind of credential, good and bad, and homes with a lock each: A is ours, B of the same project, X of another; `deleted` was there once. */
export async function makePermissionWorld(factory: Factory, url: string) {
  const { db } = factory.deps;
  const project = await factory.project();
  const other = await factory.project();
  const [owner, member, guest, removed, ownerOfB, userElsewhere] = await Promise.all([
    factory.person(project.id),
    factory.person(project.id),
    factory.person(project.id),
    factory.person(project.id),
    factory.person(project.id),
    factory.person(other.id),
  ]);
  const place = async (who: typeof owner) => {
    const home = await factory.home(who);
    const hub = (await factory.hub(home)).id;
    return { home: home.id, lock: (await factory.lock(home.id)).id, hub };
  };
  const [a, b, x, deleted] = [
    await place(owner),
    await place(ownerOfB),
    await place(userElsewhere),
    await place(owner),
  ];
  await factory.member(a.home, member, 'member');
  await factory.member(a.home, guest, 'guest');
  await db.delete(locks).where(eq(locks.id, deleted.lock));
  await db.delete(hubs).where(eq(hubs.id, deleted.hub));
  await send(url, 'DELETE', `/homes/${deleted.home}`, { token: owner.token });

  const loggedOut = await factory.session(owner);
  await send(url, 'DELETE', '/userSession', { token: loggedOut.token });
  const expired = await factory.session(owner);
  await db
    .update(userSessions)
    .set({ expiresAt: new Date(Date.now() - 1000) })
    .where(eq(userSessions.id, expired.sessionId));
  const jwtOf = async (credentials: Credentials) =>
    (await send(url, 'POST', '/auth/token', credentials)).body.token as string;
  const endedLater = await factory.session(owner);
  const deadJwt = await jwtOf({ token: endedLater.token });
  await send(url, 'DELETE', '/userSession', { token: endedLater.token });
  const deadKey = await factory.projectKey(project.id);
  await db.update(projectKeys).set({ revokedAt: new Date() }).where(eq(projectKeys.id, deadKey.id));
  const oldOrgKey = await factory.orgKey(project.id);
  const oldServiceJwt = await jwtOf({ apiKey: oldOrgKey.key });
  const orgKey = await factory.orgKey(project.id);
  const expiredOrgKey = await factory.orgKey((await factory.project()).id);
  await db
    .update(orgKeys)
    .set({ expiresAt: new Date(0) })
    .where(eq(orgKeys.id, expiredOrgKey.id));
  const orgKeyElsewhere = await factory.orgKey(other.id);
  const key = await factory.projectKey(project.id, []);
  const keyElsewhere = await factory.projectKey(other.id);

  const [support, admin, adminOfAll] = await Promise.all([
    factory.staff('support', [project.id]),
    factory.staff('admin', [project.id]),
    factory.staff('admin', 'all'),
  ]);

  const callers: Record<string, Credentials> = {
    nobody: {},
    owner: { token: owner.token },
    member: { token: member.token },
    guest: { token: guest.token },
    removed: { token: removed.token },
    ownerOfB: { token: ownerOfB.token },
    userElsewhere: { token: userElsewhere.token },
    ownerByJwt: { bearer: await jwtOf({ token: owner.token }) },
    ownerByCookie: {
      headers: { cookie: `latchkey.session=${owner.token}`, 'sec-fetch-site': 'same-origin' },
    },
    expiredCookie: { headers: { cookie: `latchkey.session=${expired.token}` } },
    key: { token: key.key },
    keyElsewhere: { token: keyElsewhere.key },
    orgKey: { apiKey: orgKey.key },
    orgKeyElsewhere: { apiKey: orgKeyElsewhere.key },
    service: { bearer: await jwtOf({ apiKey: orgKey.key }) },
    superKey: { apiKey: (await factory.orgKey()).key },
    garbage: { token: 'v1.dXN8MQ==.1700000000.00' },
    loggedOut: { token: loggedOut.token },
    expired: { token: expired.token },
    deadJwt: { bearer: deadJwt },
    deadKey: { token: deadKey.key },
    oldOrgKey: { apiKey: oldOrgKey.key },
    oldService: { bearer: oldServiceJwt },
    expiredOrgKey: { apiKey: expiredOrgKey.key },
    support: support.caller,
    admin: admin.caller,
    adminOfAll: adminOfAll.caller,
  };
  return {
    callers,
    people: { owner, member, guest, removed, ownerOfB, userElsewhere },
    objects: [a, b, x, deleted, { home: random, lock: random + 1, hub: randomUUID() }],
  };
}

export type PermissionWorld = Awaited<ReturnType<typeof makePermissionWorld>>;

/** Callers whose credential is none; that of staff is none but under `/staff`. */
export const unusable =
  'nobody garbage loggedOut expired deadJwt deadKey oldOrgKey oldService expiredOrgKey expiredCookie support admin adminOfAll';
/** One person by token, by JWT and by cookie. */
export const ownerEach = 'owner ownerByJwt ownerByCookie';
