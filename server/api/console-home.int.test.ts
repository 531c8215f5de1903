import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { auditEntries, messages, openings, webhookDeliveries } from '@/drizzle/schema';
import type { TimelineLine } from '@/server/contracts/console';
import { toPlaceText } from '@/server/domain/timeline-place';
import { send as write } from '@/server/notify/send';
import { recordEvent } from '@/server/services/events/record-event';
import { send } from '@/server/testing/api-client';
import type { Person, Staff } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { messagesTo } from '@/server/testing/kept-messages';
import { gateway } from '@/server/testing/mounts';
import { until } from '@/server/testing/until';

const factory = ground();
const { db, deps } = { db: factory.deps.db, deps: factory.deps };

describe.each(gateway())('a home on the page of support ($name)', ({ url }) => {
  let kim: Person;
  let home: Awaited<ReturnType<typeof factory.home>>;
  let support: Staff;
  beforeEach(async () => {
    const project = await factory.project();
    kim = await factory.person(project.id, 'Kim');
    home = await factory.home(kim, 'Storgata 1');
    support = await factory.staff('support', [project.id]);
  });
  const get = (path = '', who = support) => send(url, 'GET', `/staff/homes/${home.id}${path}`, who.caller);
  const lines = async (query = ''): Promise<TimelineLine[]> => {
    const reply = await get(`/timeline${query}`);
    expect(reply.status).toBe(200);
    return reply.body.items;
  };
  const event = (eventType: string, timestamp: string, eventData: Record<string, unknown> = {}) =>
    db.transaction((tx) => recordEvent(tx, { eventType, eventData, timestamp, homeId: home.id }));

  it('shows members with their invitations, devices, hubs and locks with what they last did', async () => {
    const invited = factory.email();
    await send(url, 'POST', `/homes/${home.id}/members`, { token: kim.token, body: { email: invited } });
    const lock = await factory.lock(home.id);
    const hub = await factory.hub(home);
    const device = await factory.device(home.projectId, home.id);
    const wire = await factory.virtualLock(lock);
    await send(url, 'POST', `/locks/${lock.id}/OpenLock`, { token: kim.token, body: {} });
    const shown = await until(async () => {
      const { body } = await get();
      // The figures are counted beside the openings.
      const [{ openings, latency }] = body.locks;
      return openings[0]?.status === 'confirmed' && latency !== undefined && body;
    });
    await wire.stop();
    expect(shown).toMatchObject({
      id: home.id,
      name: 'Storgata 1',
      deactivated: false,
      members: [
        { name: 'Kim', role: 'owner' },
        { email: invited, verified: false, invitation: { state: 'sent' } },
      ],
      devices: [{ id: device.id, isConnected: false }],
      hubs: [{ hubId: hub.id }],
      locks: [{ lockId: lock.id, openings: [{ who: { name: 'Kim' } }], latency: { count: 1 } }],
    });
    expect(JSON.stringify(shown)).not.toMatch(/apiKey|claimCode|"token/);
  });

  it('joins all that happened in one order, each line once, page by page', async () => {
    const lock = await factory.lock(home.id, 'Front');
    const device = await factory.device(home.projectId, home.id);
    await send(url, 'PUT', `/devices/${device.id}/command`, {
      token: kim.token,
      body: { action: 'dim', parameters: { secret: 'not for support' } },
    });
    await send(url, 'PUT', `/devices/${device.id}/event`, {
      token: device.apiKey,
      body: { eventType: 'temperature', eventData: { celsius: 21.5 } },
    });
    await send(url, 'POST', `/locks/${lock.id}/OpenLock`, { token: kim.token, body: { reason: 'post' } });
    const gus = await factory.person(home.projectId, 'Gus');
    await send(url, 'POST', `/locks/${lock.id}/OpenLock`, { token: gus.token, body: {} });
    await send(url, 'PATCH', `/homes/${home.id}`, { token: kim.token, body: { name: 'Storgata 2' } });
    const secret = 'https://example.com/verify?token=abcdef';
    await write(
      db,
      deps,
      {
        projectId: home.projectId,
        channel: 'mail',
        recipient: kim.user.email ?? '',
        subject: 'A letter',
        body: secret,
      },
      new Date(),
    );
    await db.insert(webhookDeliveries).values({
      projectId: home.projectId,
      moduleId: 'hook',
      kind: 'event',
      homeId: home.id,
      url: 'https://example.com/in?key=secret',
      body: '{}',
      status: 'failed',
      attempts: 3,
      lastStatus: 500,
      nextAttemptAt: new Date(),
    });
    const wanted = ['command', 'event', 'home', 'message', 'opening', 'refusal', 'staff', 'webhook'];
    const all = await until(async () => {
      const found = await lines();
      return wanted.every((kind) => found.some((line) => line.kind === kind)) ? found : undefined;
    });
    const one = (kind: string) => all.find((line) => line.kind === kind);
    expect(one('command')).toMatchObject({
      action: 'dim',
      who: { name: 'Kim' },
      subject: { kind: 'device' },
    });
    expect(one('event')).toMatchObject({ action: 'temperature', facts: { data: '{"celsius":21.5}' } });
    expect(one('opening')).toMatchObject({
      subject: { name: 'Front' },
      who: { name: 'Kim' },
      reason: 'post',
    });
    expect(one('refusal')).toMatchObject({ state: 'no-right', who: { name: 'Gus' } });
    expect(all.find(({ facts }) => facts.subject === 'A letter')).toMatchObject({
      kind: 'message',
      action: 'mail',
      state: 'kept',
      subject: { id: kim.user.email },
    });
    expect(one('webhook')).toMatchObject({
      state: 'failed',
      facts: { url: 'https://example.com/in', lastStatus: 500, attempts: 3 },
    });
    expect(one('staff')).toMatchObject({ action: 'home.look', who: { name: support.account.name } });
    expect(JSON.stringify(all)).not.toMatch(/abcdef|not for support|key=secret/);

    const places = all.map(({ at, id }) => `${at} ${id}`);
    expect(places).toEqual([...places].sort().reverse());
    expect(new Set(places).size).toBe(places.length);
    expect((await lines('?kinds=event,command')).map(({ kind }) => kind).sort()).toEqual([
      'command',
      'event',
    ]);
    const [newest, ...older] = await lines();
    expect(await lines(`?before=${newest?.cursor}`)).toEqual(older);
    const last = older.at(-1);
    expect((await lines(`?after=${last?.cursor}`)).map(({ id }) => id)).toEqual(
      [newest, ...older.slice(0, -1)].map((line) => line?.id),
    );
  });

  it('says of an opening whose end nobody saw that it is not confirmed', async () => {
    const lock = await factory.lock(home.id, 'Front');
    await send(url, 'POST', `/locks/${lock.id}/OpenLock`, { token: kim.token, body: {} });
    const statesAfter = async (error: string) => {
      await db
        .update(openings)
        .set({ status: 'failed', error, outcomeAt: new Date() })
        .where(eq(openings.lockId, lock.id));
      return (await lines('?kinds=opening')).map(({ state }) => state);
    };
    expect(await statesAfter('JAMMED')).toEqual(['failed']);
    expect(await statesAfter('LOCK_RESTARTED')).toEqual(['unconfirmed']);
  });

  it('pages through a long history without a gap and shows the lines around a moment', async () => {
    const start = Date.now();
    for (let index = 0; index < 120; index += 1)
      await event(`tick${index}`, new Date(start + index).toISOString());
    const seen: string[] = [];
    let query = '?kinds=event';
    for (;;) {
      const { body } = await get(`/timeline${query}`);
      seen.push(...body.items.map(({ action }: TimelineLine) => action));
      if (!body.hasOlder) break;
      query = `?kinds=event&before=${body.items.at(-1).cursor}`;
    }
    expect(seen).toEqual(Array.from({ length: 120 }, (_, index) => `tick${119 - index}`));
    const middle = (await lines(`?kinds=event&before=${(await lines('?kinds=event')).at(-1)?.cursor}`))[9];
    const { body } = await get(`/timeline?kinds=event&at=${middle?.at}`);
    const around = body.items.map(({ action }: TimelineLine) => action);
    expect([around.includes(middle?.action), body.hasOlder, body.hasNewer]).toEqual([true, true, true]);
    expect(around).toHaveLength(50);
  });

  it('refuses cursors and kinds that are none', async () => {
    const bad = [
      '?before=x',
      `?after=${toPlaceText({ at: 'never', id: 'log:1' })}`,
      '?kinds=everything',
      '?at=now',
    ];
    for (const query of bad) expect([query, (await get(`/timeline${query}`)).status]).toEqual([query, 403]);
  });

  it('is not there for staff of other projects, and recorded for those who look, once an hour', async () => {
    const elsewhere = await factory.staff('admin', [(await factory.project()).id]);
    for (const path of ['', '/timeline'])
      expect([path, (await get(path, elsewhere)).status]).toEqual([path, 404]);
    await get();
    await get();
    await lines();
    const looks = await db
      .select()
      .from(auditEntries)
      .where(and(eq(auditEntries.homeId, home.id), eq(auditEntries.action, 'home.look')));
    expect(looks.map(({ actorId, actorKind }) => [actorKind, actorId])).toEqual([
      ['staff', String(support.account.id)],
    ]);
    const told = await messagesTo(factory, kim.user.email ?? '');
    expect(told.map(({ subject }) => subject)).toEqual([`Support has been at work in ${home.name}`]);
    await get('', await factory.staff('support', [home.projectId]));
    expect(await messagesTo(factory, kim.user.email ?? '')).toHaveLength(1);
  });

  it('leaves out the mails of people who are in no such home', async () => {
    const other = await factory.person(home.projectId, 'Other');
    await db.insert(messages).values({
      projectId: home.projectId,
      channel: 'mail',
      recipient: other.user.email ?? '',
      subject: `Letter ${randomUUID()}`,
      body: '',
      status: 'sent',
    });
    const told = (await lines('?kinds=message')).map(({ subject }) => subject?.id);
    expect(new Set(told)).toEqual(new Set([kim.user.email]));
  });

  it('has the messages about the home, whoever they went to, and those of before by who is in it', async () => {
    const [gone, elsewhere] = [factory.email(), await factory.home(kim, 'Cabin')];
    const letter = { projectId: home.projectId, channel: 'mail', body: '' } as const;
    const own = kim.user.email ?? '';
    const written = [
      { recipient: gone, homeId: home.id, language: 'en', subject: 'about this home' },
      { recipient: own, homeId: elsewhere.id, language: 'en', subject: 'about the cabin' },
      { recipient: own, language: 'en', subject: 'about the account' },
      { recipient: own, subject: 'of old' },
    ] as const;
    await db.insert(messages).values(written.map((one) => ({ ...letter, ...one })));
    const told = (await lines('?kinds=message')).map(({ facts }) => facts.subject);
    for (const { subject } of written)
      expect([subject, told.includes(subject)]).toEqual([
        subject,
        subject === 'about this home' || subject === 'of old',
      ]);
  });
});
