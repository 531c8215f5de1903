import { and, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { homeEvents, homeMembers, lockGrants, lockHistory, openings, refusals } from '@/drizzle/schema';
import { scopeOfHome } from '@/server/services/activity/activity-scope';
import { exportActivity } from '@/server/services/activity/export-activity';
import { listCallers } from '@/server/services/activity/list-callers';
import { recordDeed } from '@/server/services/audit/record';
import { refusalsPerCaller } from '@/server/services/refusals/record-refusal';
import { send } from '@/server/testing/api-client';
import { supporterOf } from '@/server/testing/audit-ground';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';
import { until } from '@/server/testing/until';

const factory = ground();
const { db } = factory.deps;

interface Line {
  kind: string;
  id: string;
  lockId: number;
  lockName: string;
  who: { kind: string; id: string; name: string };
  via: string;
  cause?: string;
  action?: string;
  status?: string;
  requestId?: string;
  address?: string;
  createdAt: string;
}

describe.each(gateway())('the activity of doors ($name)', ({ url }) => {
  let kim: Person;
  let mo: Person;
  let gus: Person;
  let home: Awaited<ReturnType<typeof factory.home>>;
  let front: Awaited<ReturnType<typeof factory.lock>>;
  let back: Awaited<ReturnType<typeof factory.lock>>;
  beforeEach(async () => {
    const project = await factory.project();
    [kim, mo, gus] = [
      await factory.person(project.id, 'Kim'),
      await factory.person(project.id, 'Mo'),
      await factory.person(project.id, 'Gus'),
    ];
    home = await factory.home(kim);
    await factory.member(home.id, mo, 'member');
    await factory.member(home.id, gus, 'guest');
    front = await factory.lock(home.id, 'Front');
    back = await factory.lock(home.id, 'Back');
  });
  const open = (who: Person, lock: { id: number }, requestId?: string) =>
    send(url, 'POST', `/locks/${lock.id}/OpenLock`, { token: who.token, body: { requestId } });
  const read = (who: Person, query = '', path = `/homes/${home.id}`) =>
    send(url, 'GET', `${path}/activity${query}`, { token: who.token });
  const linesOf = async (who: Person, query = '', path?: string): Promise<Line[]> =>
    (await read(who, query, path)).body.items;
  /** The lines, once there are so many: refusals are written beside the answer. */
  const heard = (who: Person, count: number, query = '') =>
    until(async () => {
      const lines = await linesOf(who, query);
      return lines.length >= count ? lines : undefined;
    });

  it('holds openings and refusals of all doors, newest first, with who, how and why', async () => {
    await open(mo, back, 'first');
    expect((await open(gus, front, 'second')).status).toBe(403);
    const [refused, opened] = await heard(kim, 2);
    expect(refused).toMatchObject({
      kind: 'refusal',
      lockName: 'Front',
      who: { kind: 'user', id: String(gus.user.id), name: 'Gus' },
      via: 'api',
      cause: 'no-right',
      requestId: 'second',
      address: expect.any(String),
    });
    expect(opened).toMatchObject({ kind: 'opening', lockName: 'Back', who: { name: 'Mo' } });
  });

  it('shows addresses to owners alone', async () => {
    await open(mo, back);
    await open(gus, back);
    expect((await heard(kim, 2)).every(({ address }) => address !== undefined)).toBe(true);
    expect((await linesOf(mo)).map(({ address }) => address)).toEqual([undefined, undefined]);
  });

  it('shows guests what they did at doors of a grant and never a line of anybody else, whatever they ask for', async () => {
    await factory.grant(front.id, gus, { validUntil: new Date(0) });
    await open(kim, front, 'of kim');
    await open(mo, back, 'of mo');
    await open(gus, front, 'of gus');
    await open(gus, back, 'without a grant');
    await heard(kim, 4);
    const mine = [expect.objectContaining({ requestId: 'of gus', cause: 'outside-window' })];
    expect(await linesOf(gus)).toEqual(mine);
    expect(await linesOf(gus, '', `/locks/${front.id}`)).toEqual(mine);
    expect((await read(gus, '', `/locks/${back.id}`)).status).toBe(403);
    expect(await linesOf(gus, `?who=user:${kim.user.id}`)).toEqual([]);
    expect(await linesOf(gus, `?who=user:${kim.user.id}`, `/locks/${front.id}`)).toEqual([]);
    expect(await linesOf(gus, `?lockId=${back.id}`)).toEqual([]);
    expect((await linesOf(gus))[0]).not.toHaveProperty('address');
    expect(
      await listCallers(factory.deps, await scopeOfHome(factory.deps, principalOf(gus), home.id)),
    ).toEqual([]);
  });

  it('ends for a guest with the grant', async () => {
    await factory.grant(front.id, gus);
    await open(gus, front);
    expect(await linesOf(gus)).toHaveLength(1);
    await db.update(lockGrants).set({ revokedAt: new Date() }).where(eq(lockGrants.lockId, front.id));
    expect(await linesOf(gus)).toEqual([]);
    expect((await read(gus, '', `/locks/${front.id}`)).status).toBe(403);
  });

  it('does not follow a door into another home', async () => {
    await open(kim, front);
    const other = await factory.home(mo, 'Elsewhere');
    await send(url, 'POST', `/locks/${front.id}/AssignHome`, {
      apiKey: (await factory.orgKey(home.projectId)).key,
      body: { homeId: other.id },
    });
    expect((await read(mo, '', `/locks/${front.id}`)).body).toEqual({ items: [], next: null });
  });

  it('filters by person, door, way, outcome and days of the home', async () => {
    await send(url, 'PATCH', `/homes/${home.id}`, {
      token: kim.token,
      body: { timezone: 'Pacific/Auckland' },
    });
    const today = () => new Intl.DateTimeFormat('en-CA', { timeZone: 'Pacific/Auckland' }).format(new Date());
    const firstDay = today();
    await open(kim, front);
    await open(mo, back);
    await open(gus, back);
    await heard(kim, 3);
    const names = async (query: string) => (await linesOf(kim, query)).map(({ who }) => who.name);
    expect(await names(`?who=user:${mo.user.id}`)).toEqual(['Mo']);
    expect(await names(`?lockId=${front.id}`)).toEqual(['Kim']);
    expect(await names('?outcome=refused')).toEqual(['Gus']);
    expect(await names('?outcome=opened')).toEqual([]);
    expect(await names('?via=link')).toEqual([]);
    expect(await names(`?from=${firstDay}&until=${today()}`)).toEqual(['Gus', 'Mo', 'Kim']);
    expect(await names('?until=2020-01-01')).toEqual([]);
    // The cloud dialect says 403 of a wrong parameter.
    expect((await read(kim, '?from=yesterday')).status).toBe(403);
    expect((await read(kim, '?who=nobody')).status).toBe(403);
  });

  const told = (lock: { id: number }, more: Partial<typeof lockHistory.$inferInsert> = {}) =>
    db.insert(lockHistory).values({
      lockId: lock.id,
      homeId: home.id,
      at: new Date(),
      kind: 'operation',
      value: { operation: 'unlock', source: 'keypad', slot: 3 },
      isTold: true,
      ...more,
    });

  it('holds what the locks tell beside it, for everybody but guests, and filters it', async () => {
    await factory.grant(front.id, gus);
    await open(kim, front);
    await told(front);
    await told(front, { isTold: false });
    await told(back, { value: { operation: 'lock', source: 'auto' } });
    await told(back, { kind: 'door', value: { door: 'ajar' } });
    await told(back, { kind: 'alarm', value: { alarm: 'COVER_REMOVED' } });
    const shortOf = (lines: (Line & { source?: string; alarm?: string })[]) =>
      lines.map(({ kind, source, alarm }) => source ?? alarm ?? kind);
    const all = ['COVER_REMOVED', 'DOOR_AJAR', 'auto', 'keypad', 'opening'];
    expect(shortOf(await linesOf(kim))).toEqual(all);
    expect(shortOf(await linesOf(mo))).toEqual(all);
    expect(await linesOf(gus)).toEqual([]);
    expect(await linesOf(gus, '?outcome=operated', `/locks/${front.id}`)).toEqual([]);
    const [line] = await linesOf(kim, '', `/locks/${front.id}`);
    expect(line).toEqual({
      kind: 'operation',
      id: expect.stringMatching(/^h\d+$/),
      lockId: front.id,
      lockName: 'Front',
      operation: 'unlock',
      source: 'keypad',
      slot: 3,
      createdAt: expect.any(String),
    });
    for (const [query, lines] of [
      ['?outcome=operated', ['auto', 'keypad']],
      ['?outcome=alarm', ['COVER_REMOVED', 'DOOR_AJAR']],
      ['?via=auto', ['auto']],
      ['?via=auto&outcome=alarm', []],
      ['?via=api', ['opening']],
      ['?outcome=opened', []],
      [`?who=user:${kim.user.id}`, ['opening']],
    ] as const)
      expect([query, shortOf(await linesOf(kim, query))]).toEqual([query, lines]);
    const scope = await scopeOfHome(factory.deps, principalOf(kim), home.id);
    let csv = '';
    for await (const part of exportActivity(factory.deps, scope, { outcome: 'operated' })) csv += part;
    const records = csv.trimEnd().split('\r\n');
    expect(records).toHaveLength(3);
    expect(records[2]).toMatch(/,Front,,lock,keypad,unlocked,code 3,,,,,,$/);
  });

  it('never says of an opening whose end nobody saw that the door did not open', async () => {
    for (const [requestId, error] of [
      ['seen', 'JAMMED'],
      ['of no cause', null],
      ['restarted', 'LOCK_RESTARTED'],
      ['unheard', 'NOT_CONFIRMED'],
    ] as const) {
      await open(kim, front, requestId);
      await db
        .update(openings)
        .set({ status: 'failed', error, outcomeAt: new Date() })
        .where(and(eq(openings.lockId, front.id), eq(openings.requestId, requestId)));
    }
    const asked = async (query: string) => (await linesOf(kim, query)).map(({ requestId }) => requestId);
    expect(await asked('?outcome=failed')).toEqual(['of no cause', 'seen']);
    expect(await asked('?outcome=unconfirmed')).toEqual(['unheard', 'restarted']);
    const scope = await scopeOfHome(factory.deps, principalOf(kim), home.id);
    let csv = '';
    for await (const part of exportActivity(factory.deps, scope, {})) csv += part;
    expect(csv.match(/(?<=,api,)\w+,\w*/g)).toEqual([
      'unconfirmed,NOT_CONFIRMED',
      'unconfirmed,LOCK_RESTARTED',
      'failed,',
      'failed,JAMMED',
    ]);
  });

  it('pages without a gap and without a line twice', async () => {
    const yesterday = Date.now() - 86_400_000;
    const at = (index: number) => new Date(yesterday + Math.floor(index / 3));
    await db.insert(refusals).values(
      Array.from({ length: 70 }, (_none, index) => ({
        lockId: index % 2 === 0 ? front.id : back.id,
        homeId: home.id,
        principalKind: 'user',
        principalId: '1',
        principalName: 'x',
        via: 'page' as const,
        cause: 'no-right',
        createdAt: at(index),
      })),
    );
    // What the locks told stands between, some of it in the same milliseconds.
    for (let index = 0; index < 20; index += 1) await told(front, { at: at(index * 4) });
    const seen: Line[] = [];
    let after = '';
    do {
      const { body } = await read(kim, after);
      seen.push(...body.items);
      after = body.next === null ? '' : `?after=${body.next}`;
    } while (after !== '');
    expect(seen).toHaveLength(90);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(90);
    const times = seen.map(({ createdAt }) => createdAt);
    expect(times).toEqual([...times].sort().reverse());
    expect((await read(kim, '?after=nonsense', `/locks/${front.id}`)).status).toBe(400);
  });

  it('leaves as comma-separated values exactly what the filter lets through', async () => {
    await db.insert(refusals).values(
      Array.from({ length: 510 }, (_none, index) => ({
        lockId: front.id,
        homeId: home.id,
        principalKind: 'guestLink',
        principalId: 'x',
        principalName: index === 509 ? '=cmd,"x"' : 'Cleaner',
        via: 'link' as const,
        cause: 'used-up',
        createdAt: new Date(Date.UTC(2099, 5, 1, 12, 0, index)),
      })),
    );
    await open(kim, front);
    const scope = await scopeOfHome(factory.deps, principalOf(kim), home.id);
    let text = '';
    for await (const piece of exportActivity(factory.deps, scope, { outcome: 'refused' })) text += piece;
    const records = text.trimEnd().split('\r\n');
    expect(records).toHaveLength(511);
    expect(records[1]).toBe(
      '2099-06-01T12:08:29.000+00:00,Front,"\'=cmd,""x""",guestLink,link,refused,used-up,,,,,,',
    );
    expect(text).not.toContain('Kim');
  });

  describe('refusals', () => {
    const linkTo = async (body: object = {}) =>
      (
        await send(url, 'POST', '/temp-keys', {
          token: kim.token,
          body: {
            validFrom: '2026-01-01T00:00:00.000Z',
            validUntil: '2100-01-01T00:00:00.000Z',
            label: 'Cleaner',
            doors: [{ lockId: front.id }],
            ...body,
          },
        })
      ).body as { uuid: string; url: string; pin?: string };
    const visit = (link: { url: string }) =>
      send(url, 'POST', `${new URL(link.url).pathname}/open`, {
        headers: { accept: 'application/json' },
        body: {},
      });
    const only = async () => (await heard(kim, 1, '?outcome=refused'))[0];

    it('name a link outside its window, used up and revoked', async () => {
      const late = await linkTo({ validUntil: '2026-01-02T00:00:00.000Z' });
      expect((await visit(late)).status).toBe(400);
      expect(await only()).toMatchObject({
        who: { kind: 'guestLink', id: late.uuid, name: 'guest link Cleaner' },
        via: 'link',
        cause: 'outside-window',
      });
      const once = await linkTo({ maxUses: 1 });
      await visit(once);
      expect((await visit(once)).status).toBe(400);
      expect((await heard(kim, 2, '?outcome=refused'))[0]).toMatchObject({ cause: 'used-up' });
      const gone = await linkTo();
      await send(url, 'DELETE', `/temp-keys/${gone.uuid}`, { token: kim.token });
      expect((await visit(gone)).status).toBe(400);
      expect((await heard(kim, 3, '?outcome=refused'))[0]).toMatchObject({
        cause: 'revoked',
        who: { id: gone.uuid },
      });
    });

    it('keep a wrong PIN of nobody, at doors that exist', async () => {
      await send(url, 'POST', `/locks/${front.id}/open-with-pin`, { body: { pin: '000000' } });
      expect(await only()).toMatchObject({
        who: { kind: 'anonymous', name: '' },
        via: 'pin',
        cause: 'wrong-pin',
      });
    });

    it('are told to the home as they happen, without an address', async () => {
      await open(gus, front);
      await only();
      const lines = await db.select().from(homeEvents).where(eq(homeEvents.homeId, home.id));
      const told = lines.filter(({ topic }) => topic === 'access').map(({ payload }) => payload);
      expect(told).toEqual([
        {
          kind: 'refusal',
          action: 'refused',
          lockIds: [front.id],
          refusal: expect.objectContaining({
            cause: 'no-right',
            who: expect.objectContaining({ name: 'Gus' }),
          }),
        },
      ]);
      expect(JSON.stringify(told)).not.toContain('address');
    });

    it('are bounded: whoever tries on and on fills no table', async () => {
      // A minute may turn between two tries, and then as many again are kept.
      const most = 2 * refusalsPerCaller;
      for (let tries = 0; tries <= most; tries += 1) await open(gus, front);
      await heard(kim, refusalsPerCaller, '?outcome=refused');
      await open(mo, front);
      await heard(kim, refusalsPerCaller + 1);
      const kept = (await linesOf(kim, '?outcome=refused')).length;
      expect(kept).toBeGreaterThanOrEqual(refusalsPerCaller);
      expect(kept).toBeLessThanOrEqual(most);
    });

    it('leave nothing in the log of somebody else', async () => {
      const stranger = await factory.person((await factory.project()).id);
      expect((await open(stranger, front)).status).toBe(404);
      await open(gus, front);
      expect((await heard(kim, 1)).map(({ who }) => who.name)).toEqual(['Gus']);
    });
  });

  describe('and what staff did', () => {
    const deed = (action: string, more: object = {}) =>
      recordDeed(db, supporterOf('all'), {
        projectId: kim.user.projectId,
        homeId: home.id,
        action,
        reason: 'Kim called',
        address: '203.0.113.9',
        at: new Date(),
        ...more,
      });
    beforeEach(async () => {
      await deed('home.look');
      await deed('lock.test-reach', { subject: { kind: 'lock', id: String(front.id) } });
      await recordDeed(db, supporterOf('all'), {
        projectId: kim.user.projectId,
        action: 'staff.grant',
        at: new Date(),
      });
    });

    it('is told to owners and members with the reason, and to no guest', async () => {
      const told = [
        {
          kind: 'staff',
          id: expect.stringMatching(/^s\d+$/),
          who: { kind: 'staff', id: '7', name: 'Sam' },
          action: 'lock.test-reach',
          reason: 'Kim called',
          lockName: 'Front',
          createdAt: expect.any(String),
        },
        expect.objectContaining({ kind: 'staff', action: 'home.look', reason: 'Kim called' }),
      ];
      expect(await linesOf(kim)).toEqual(told);
      expect(await linesOf(mo)).toEqual(told);
      await factory.grant(front.id, gus);
      expect(await linesOf(gus)).toEqual([]);
      expect(await linesOf(kim, '', `/locks/${front.id}`)).toEqual(told.slice(0, 1));
      expect(await linesOf(kim, `?lockId=${back.id}`)).toEqual([]);
      expect(await linesOf(gus, '', `/locks/${front.id}`)).toEqual([]);
    });

    it('stands among the openings in order, and is chosen by person alone', async () => {
      await open(kim, front);
      await deed('hub.suspend');
      const names = (lines: Line[]) => lines.map((line) => line.action ?? line.kind);
      expect(names(await linesOf(mo))).toEqual(['hub.suspend', 'opening', 'lock.test-reach', 'home.look']);
      expect(names(await linesOf(mo, '?who=staff:7'))).toEqual([
        'hub.suspend',
        'lock.test-reach',
        'home.look',
      ]);
      expect(names(await linesOf(mo, '?via=api'))).toEqual(['opening']);
      expect(names(await linesOf(mo, '?outcome=refused'))).toEqual([]);
    });

    it('comes page by page, and in the file that is taken along', async () => {
      for (let count = 0; count < 31; count += 1) await deed('hub.suspend');
      const first = (await read(kim)).body;
      expect(first.items).toHaveLength(30);
      const second = (await read(kim, `?after=${first.next}`)).body;
      expect(second.items.map(({ action }: { action: string }) => action)).toEqual([
        'hub.suspend',
        'lock.test-reach',
        'home.look',
      ]);
      const scope = await scopeOfHome(factory.deps, principalOf(kim), home.id);
      let csv = '';
      for await (const part of exportActivity(factory.deps, scope, {})) csv += part;
      expect(csv).toContain(',Front,Sam,staff,,lock.test-reach,,,,,,Kim called,');
    });
  });

  it('is closed to those who left', async () => {
    await db.delete(homeMembers).where(eq(homeMembers.userId, mo.user.id));
    expect((await read(mo)).status).toBe(403);
  });

  const principalOf = ({ user, sessionId }: Person) =>
    ({
      kind: 'user',
      userId: user.id,
      sessionId,
      projectId: user.projectId,
      appId: 'x',
      name: user.name ?? '',
    }) as const;
});
