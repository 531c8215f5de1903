import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { homeEvents, homes } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';

const factory = ground();
const { db } = factory.deps;
const noProject = 900_000_000_000_001;

describe.each(gateway())('homes of a project ($name)', ({ url }) => {
  it('are listed for its keys, by pages and words', async () => {
    const project = await factory.project();
    const { key: token } = await factory.projectKey(project.id, []);
    const kim = await factory.person(project.id);
    const made = await db
      .insert(homes)
      .values(
        Array.from({ length: 26 }, (_, index) => ({
          projectId: project.id,
          name: index === 1 ? 'Harbour Street 4' : index === 2 ? 'Harbour Lane' : `Home ${index}`,
        })),
      )
      .returning();
    await factory.home(await factory.person((await factory.project()).id), 'Harbour elsewhere');
    const ask = async (query: string) => {
      const reply = await send(url, 'GET', `/homes?projectId=${project.id}${query}`, { token });
      expect(reply.status).toBe(200);
      const names = (reply.body as { name: string }[]).map(({ name }) => name);
      return { names, range: reply.headers.get('vnd.tinkermode.range') };
    };
    const names = made.map(({ name }) => name);
    expect(await ask('')).toEqual({ names: names.slice(0, 25), range: '0-24/26' });
    expect(await ask('&skip=24&limit=25')).toEqual({ names: names.slice(24), range: '24-25/26' });
    expect(await ask('&search=harbour')).toEqual({
      names: ['Harbour Street 4', 'Harbour Lane'],
      range: '0-1/2',
    });
    expect(await ask('&search=harbour%20-lane')).toEqual({ names: ['Harbour Street 4'], range: '0-0/1' });
    expect(await ask('&search=nowhere')).toEqual({ names: [], range: '*/0' });
    const own = await send(url, 'GET', `/homes?userId=${kim.user.id}&projectId=${project.id}`, { token });
    expect({ body: own.body, range: own.headers.get('vnd.tinkermode.range') }).toEqual({
      body: [],
      range: null,
    });
  });

  it('are not listed for anybody else, and a user still has to say whose', async () => {
    const project = await factory.project();
    const kim = await factory.person(project.id);
    const elsewhere = await factory.projectKey((await factory.project()).id, ['admin']);
    const own = await factory.projectKey(project.id, []);
    const ask = async (token: string, query: string) => {
      const reply = await send(url, 'GET', `/homes${query}`, { token });
      return `${reply.status} ${reply.body.reason}`;
    };
    expect(await ask(kim.token, `?projectId=${project.id}`)).toBe('403 MISSING_PARAMETERS');
    expect(await ask(own.key, '')).toBe('403 MISSING_PARAMETERS');
    expect(await ask(elsewhere.key, `?projectId=${project.id}`)).toBe('403 PERMISSION_DENIED');
    expect(await ask(elsewhere.key, `?projectId=${noProject}`)).toBe('403 PERMISSION_DENIED');
    expect(await ask(own.key, `?projectId=${project.id}&limit=101`)).toBe('200 undefined');
    for (const query of ['limit=0', 'skip=-1', 'limit=x', 'search=a%00b', `search=${'x'.repeat(257)}`])
      expect(await ask(own.key, `?projectId=${project.id}&${query}`)).toBe('403 INVALID_PARAMETER');
  });

  it('are switched off and on by administration alone; members lose the use, the owner keeps the doors', async () => {
    const project = await factory.project();
    const [kim, jo] = [await factory.person(project.id), await factory.person(project.id)];
    const home = await factory.home(kim);
    await factory.member(home.id, jo, 'member');
    const lock = await factory.lock(home.id);
    const admin = await factory.projectKey(project.id, ['admin']);
    const plain = await factory.projectKey(project.id, ['commands', 'events', 'kv', 'byou']);
    const patch = async (token: string, body: object) =>
      (await send(url, 'PATCH', `/homes/${home.id}`, { token, body })).status;
    const status = async (token: string, method: string, path: string, body?: object) =>
      (await send(url, method, path, { token, ...(body === undefined ? {} : { body }) })).status;

    expect(await patch(kim.token, { deactivated: true })).toBe(403);
    expect(await patch(plain.key, { deactivated: true })).toBe(403);
    expect(await patch(kim.token, { name: 'Renamed', deactivated: false })).toBe(204);
    expect(await patch(admin.key, { deactivated: 'yes' })).toBe(403);
    expect(await patch(admin.key, { timezone: 'Asia/Tokyo' })).toBe(403);
    expect(await patch(admin.key, { deactivated: true })).toBe(204);
    expect(await patch(admin.key, { deactivated: true })).toBe(204);
    const [row] = await db.select().from(homes).where(eq(homes.id, home.id));
    expect(row).toMatchObject({ name: 'Renamed', deactivated: true });

    expect(await patch(kim.token, { name: 'Again' })).toBe(403);
    expect(await status(jo.token, 'PUT', `/homes/${home.id}/kv/foo`, { value: 1 })).toBe(403);
    expect((await send(url, 'GET', `/homes/${home.id}`, { token: jo.token })).body.deactivated).toBe(true);
    expect(await status(jo.token, 'POST', `/locks/${lock.id}/OpenLock`)).toBe(403);
    expect(await status(kim.token, 'POST', `/locks/${lock.id}/OpenLock`)).toBe(200);

    expect(await patch(admin.key, { deactivated: false })).toBe(204);
    expect(await status(jo.token, 'POST', `/locks/${lock.id}/OpenLock`)).toBe(200);
    const lines = await db
      .select()
      .from(homeEvents)
      .where(eq(homeEvents.homeId, home.id))
      .orderBy(homeEvents.position);
    expect(lines.filter(({ topic }) => topic === 'home').map(({ payload }) => payload)).toEqual([
      { name: 'Renamed' },
      { deactivated: true },
      { deactivated: false },
    ]);
  });
});
