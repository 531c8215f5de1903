import { eq } from 'drizzle-orm';
import { afterAll, expect, inject, it } from 'vitest';
import { locks } from '@/drizzle/schema';
import { emptyObject } from '@/server/domain/json';
import { makeFactory } from '@/server/testing/factories';
import { updateShadow } from '../shadows/update-shadow';
import { setReachable } from './set-reachable';

const factory = makeFactory({
  databaseUrl: inject('databaseUrl'),
  mqttUrl: inject('mqttUrl'),
  secretsKey: inject('secretsKey'),
});
afterAll(() => factory.end());

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
  await setReachable(factory.deps, hub.thing, true);
  expect(await shown()).toEqual([true, false]);
});
