import { eq } from 'drizzle-orm';
import { afterAll, expect, inject, it } from 'vitest';
import { locks } from '@/drizzle/schema';
import { emptyObject } from '@/server/domain/json';
import { makeFactory, type Person } from '@/server/testing/factories';
import { listMyHomes } from '../homes/list-my-homes';
import { showHubPast } from '../hubs/show-hub-past';
import { updateShadow } from '../shadows/update-shadow';
import { setReachable } from './set-reachable';

const factory = makeFactory({
  databaseUrl: inject('databaseUrl'),
  mqttUrl: inject('mqttUrl'),
  secretsKey: inject('secretsKey'),
});
afterAll(() => factory.end());

const principalOf = (user: Person['user'], sessionId: string) =>
  ({
    kind: 'user',
    userId: user.id,
    sessionId,
    projectId: user.projectId,
    appId: 'x',
    name: user.name ?? '',
  }) as const;

it('a hub that comes brings its locks with it, but not one that it has said is silent', async () => {
  const kim = await factory.person((await factory.project()).id);
  const home = await factory.home(kim);
  const hub = await factory.hub(home);
  const { db } = factory.deps;
  const doors = [await factory.lock(home.id, 'Front'), await factory.lock(home.id, 'Back')];
  for (const { id } of doors) await db.update(locks).set({ hubId: hub.id }).where(eq(locks.id, id));
  const say = (thing: string, reachable: boolean) =>
    updateShadow(
      factory.deps,
      { thing, name: '' },
      { state: { reported: Object.assign(emptyObject(), { reachable }) } },
    );
  const [front, back] = doors;
  if (front === undefined || back === undefined) throw new Error('no doors');
  await say(front.thing, true);
  await say(back.thing, false);
  const shown = async () => {
    const rows = await db.select().from(locks).where(eq(locks.hubId, hub.id)).orderBy(locks.id);
    return rows.map(({ reachable }) => reachable);
  };
  await setReachable(factory.deps, hub.thing, false);
  expect(await shown()).toEqual([false, false]);
  const gus = await factory.person(kim.user.projectId, 'Gus');
  await factory.member(home.id, gus, 'guest');
  const lostFor = async ({ user, sessionId }: Person) =>
    (await listMyHomes(factory.deps, principalOf(user, sessionId)))[0]?.lostHubs.map(({ id }) => id);
  expect(await lostFor(kim)).toEqual([hub.id]);
  expect(await lostFor(gus)).toEqual([]);
  const { reach } = await showHubPast(factory.deps, principalOf(kim.user, kim.sessionId), hub.id);
  expect(reach.map(({ online }) => online)).toEqual([false]);
  await setReachable(factory.deps, hub.thing, true);
  expect(await shown()).toEqual([true, false]);
});
