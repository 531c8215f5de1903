import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { locks } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';
import { connectPacket, openPeer } from '@/server/testing/mqtt-peer';
import { until } from '@/server/testing/until';

const factory = ground();
const { db } = factory.deps;

describe.each(gateway())('suspending a hub ($name)', ({ url }) => {
  let kim: Person;
  let hub: Awaited<ReturnType<typeof factory.hub>>;
  let lock: Awaited<ReturnType<typeof factory.lock>>;
  beforeEach(async () => {
    kim = await factory.person((await factory.project()).id);
    const home = await factory.home(kim);
    hub = await factory.hub(home);
    lock = await factory.lock(home.id);
    await db.update(locks).set({ hubId: hub.id }).where(eq(locks.id, lock.id));
  });
  const post = (name: string, body: object) =>
    send(url, 'POST', `/hubs/${hub.id}/${name}`, { token: kim.token, body: { hubId: hub.id, ...body } });
  const status = () => send(url, 'GET', `/hubs/${hub.id}/status`, { token: kim.token });
  const userId = () => String(kim.user.id);

  it('suspends a hub that is away, and opens nothing behind it until it is resumed', async () => {
    const suspended = await post('SuspendHub', { reason: 'stolen', userId: userId() });
    expect(suspended.body).toMatchObject({
      version: 3,
      event: { type: 'HubSuspended', data: { reason: 'stolen' } },
    });
    expect((await status()).body.status).toBe('Suspended');
    const open = () => send(url, 'POST', `/locks/${lock.id}/OpenLock`, { token: kim.token });
    const refused = await open();
    expect([refused.status, refused.body.message]).toEqual([502, 'The hub of this door is suspended.']);
    expect(await factory.openings(lock.id)).toEqual([]);
    expect((await post('SuspendHub', { reason: 'again', userId: userId() })).body).toMatchObject({
      version: 3,
      event: null,
    });
    const resumed = await post('ResumeHub', { userId: userId() });
    expect(resumed.body).toMatchObject({ version: 4, event: { type: 'HubResumed' } });
    expect((await open()).status).toBe(200);
  });

  it('cuts a suspended hub and its locks off the broker, ends what runs behind it, and lets neither in again', async () => {
    const plugged = await factory.virtualHub(hub);
    const own = await factory.virtualLock(lock);
    expect((await send(url, 'POST', `/locks/${lock.id}/OpenLock`, { token: kim.token })).status).toBe(200);
    await post('SuspendHub', { reason: 'stolen', userId: userId() });
    await plugged.lost;
    await until(async () => (await status()).body.online === false);
    const [opening] = await factory.openings(lock.id);
    expect(['confirmed', 'failed']).toContain(opening?.status);
    for (const [thing, { password }] of [
      [hub.thing, hub.mqtt],
      [lock.thing, lock.mqtt],
    ] as const) {
      const peer = openPeer(inject('mqttUrl'));
      peer.send(connectPacket({ id: thing, apiKey: password }, { clientId: thing }));
      expect(await peer.next()).toMatchObject({ cmd: 'connack', returnCode: 4 });
      peer.end();
    }
    await own.stop();
    await plugged.end();
  });
});
