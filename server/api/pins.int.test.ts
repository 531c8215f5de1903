import { randomUUID } from 'node:crypto';
import { and, asc, eq, like, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { auditEntries, homeEvents, hubs, lockKeyCommands, lockPins, locks } from '@/drizzle/schema';
import { takeInRecords } from '@/server/services/audit/take-in';
import { endPastPins, pastPinStaysMs } from '@/server/services/lock-pins/end-past-pins';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import type { KeypadByHand } from '@/server/testing/keypad-by-hand';
import { gateway } from '@/server/testing/mounts';
import { operatorOf } from '@/server/testing/operator';
import { until } from '@/server/testing/until';

const factory = ground();
const { db } = factory.deps;
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const later = (ms: number) => new Date(Date.now() + ms).toISOString();

/** Tables in which a text stands by itself, digits before or after it set aside; not those that another test makes and drops. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await db.execute<{ name: string }>(
    sql`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname = 'public' and c.relname not like 'changing%'`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await db.execute<{ found: boolean }>(
      sql`select exists (select 1 from ${sql.raw(name)} t where t::text ~ ${`\\m${text}\\M`}) as found`,
    );
    if (row?.found) found.push(name);
  }
  return found;
}

describe.each(gateway())('PIN codes of a lock ($name)', ({ url }) => {
  let kim: Person;
  let home: Awaited<ReturnType<typeof factory.home>>;
  let hub: Awaited<ReturnType<typeof factory.hub>>;
  let lock: Awaited<ReturnType<typeof factory.lock>>;
  let keypad: KeypadByHand;
  beforeEach(async () => {
    kim = await factory.person((await factory.project()).id);
    home = await factory.home(kim);
    hub = await factory.hub(home);
    lock = await factory.lock(home.id);
    keypad = await factory.keypad(lock, hub.id);
  });
  const call = (method: string, path = '', body?: object, credentials: object = { token: kim.token }) =>
    send(url, method, `/locks/${lock.id}/pins${path}`, { ...credentials, ...(body && { body }) });
  const add = (body: object) => call('POST', '', body);
  const list = async () => (await call('GET')).body;
  const only = async () => (await list()).items[0];
  const state = (wanted: string) =>
    until(async () => {
      const pin = await only();
      return pin?.state === wanted && pin;
    });
  const gone = () => until(async () => (await list()).items.length === 0);
  /** A code that the lock has. */
  const isSet = async (pin = '48291736', slot = 3): Promise<string> => {
    const { body } = await add({ name: 'Kim', pin });
    await keypad.obey(slot);
    await state('set');
    await until(async () => (await keypad.standing()) === undefined);
    return body.id;
  };

  it('are set by digits that the hub alone can read, and that stay nowhere', async () => {
    const pin = '48291736';
    const window = { weekdays: ['mon', 'tue'], from: '09:00', until: '13:00' };
    const added = await add({ name: ' Cleaning ', pin, ...window });
    expect([added.status, added.body]).toEqual([
      201,
      {
        ...{ id: expect.any(String), lockId: lock.id, name: 'Cleaning', ...window },
        ...{
          state: 'pending',
          isInLock: false,
          standing: expect.any(String),
          nextOpening: expect.anything(),
        },
        ...{ createdBy: { kind: 'user', id: String(kim.user.id), name: 'Kim' }, createdAt: time },
        ...('openUntil' in added.body ? { openUntil: time, nextOpening: undefined } : {}),
      },
    ]);
    const command = await keypad.next();
    expect(command).toEqual({
      ...{ id: expect.any(String), type: 'set_pin', name: 'Cleaning', timezone: 'UTC' },
      ...{ pin: { v: 1, key: expect.any(String), box: expect.any(String) } },
      schedule: { kind: 'weekly', weekdays: [1, 2], fromMinute: 540, untilMinute: 780 },
      ...{ issuedAt: expect.any(Number), expiresAt: Number(command.issuedAt) + 120_000 },
    });
    expect(keypad.digits(command)).toBe(pin);
    await keypad.answer(command, { state: 'accepted' });
    expect((await only()).state).toBe('pending');
    await keypad.answer(command, { state: 'succeeded', slot: 3 });
    expect(await state('set')).toMatchObject({ isInLock: true, setAt: time, ...window });
    await until(async () => (await keypad.standing()) === undefined);
    expect(await tablesWith(pin)).toEqual([]);
    expect(await tablesWith(String((command.pin as { box: string }).box))).toEqual([]);
    const [deed] = await db.select().from(auditEntries).where(eq(auditEntries.subjectId, added.body.id));
    expect(deed).toMatchObject({ action: 'pin.add', data: { lockId: lock.id, name: 'Cleaning' } });
    const lines = await db
      .select()
      .from(homeEvents)
      .where(eq(homeEvents.homeId, home.id))
      .orderBy(homeEvents.position);
    const told = lines.filter(({ topic }) => topic === 'access').map(({ payload }) => payload);
    const line = { kind: 'pin', id: added.body.id, lockIds: [lock.id] };
    expect(told).toEqual([
      { ...line, action: 'created' },
      { ...line, action: 'changed' },
    ]);
  });

  it('are made up when none are given, shown once', async () => {
    const { body } = await add({ name: 'Neighbour' });
    expect(body.pin).toMatch(/^\d{6}$/);
    const command = await keypad.obey();
    expect(keypad.digits(command)).toBe(body.pin);
    expect(command).not.toHaveProperty('schedule');
    expect(await state('set')).not.toHaveProperty('pin');
  });

  it('fail by the name that the lock gives, and are tried again with digits alone', async () => {
    const { id } = (await add({ name: 'Kim', pin: '4829' })).body;
    await keypad.answer(await keypad.next(), { state: 'failed', error: 'PIN_DUPLICATE' });
    expect(await state('failed')).toMatchObject({ error: 'PIN_DUPLICATE', isInLock: false });
    const again = await call('PATCH', `/${id}`, { pin: '4830' });
    expect(again.body).toMatchObject({ state: 'pending', isInLock: false });
    expect(again.body).not.toHaveProperty('error');
    expect(keypad.digits(await keypad.obey())).toBe('4830');
    await state('set');
  });

  it('wait their turn: one stands in the shadow, and each is told what became of it', async () => {
    const pins = ['482917', '482918', '482919'];
    await Promise.all(pins.map((pin) => add({ name: pin, pin })));
    const told: (string | undefined)[] = [];
    for (const slot of [1, 2, 3]) told.push(keypad.digits(await keypad.obey(slot)));
    expect([...told].sort()).toEqual(pins);
    await until(async () => (await list()).items.every((pin: { state: string }) => pin.state === 'set'));
    const slots = await db.select({ slot: lockPins.slot }).from(lockPins).where(eq(lockPins.lockId, lock.id));
    expect(slots.map(({ slot }) => slot).sort()).toEqual([1, 2, 3]);
  });

  it('that no lock answers for have failed after two minutes; one that did it after all is believed', async () => {
    await add({ name: 'Kim', pin: '4829' });
    const command = await keypad.next();
    const elapse = () =>
      db.update(lockKeyCommands).set({ expiresAt: new Date() }).where(eq(lockKeyCommands.lockId, lock.id));
    await elapse();
    expect(await state('failed')).toMatchObject({ error: 'LOCK_UNREACHABLE' });
    await until(async () => (await keypad.standing()) === undefined);
    await keypad.answer(command, { state: 'succeeded', slot: 6 });
    expect(await state('set')).not.toHaveProperty('error');
    // And one that was taken away meanwhile is cleared where it is.
    const second = (await add({ name: 'Jo', pin: '4830' })).body;
    const late = await keypad.next();
    await elapse();
    await until(async () => (await list()).items.some((pin: { state: string }) => pin.state === 'failed'));
    expect((await call('DELETE', `/${second.id}`)).body).toMatchObject({ state: 'removed' });
    await keypad.answer(late, { state: 'succeeded', slot: 7 });
    expect(await keypad.obey()).toMatchObject({ type: 'clear_pin', slot: 7 });
    await until(async () => (await list()).items.length === 1);
  });

  it('are changed at the lock before they are shown as changed; what fails leaves them as they were', async () => {
    const id = await isSet();
    const change = (body: object) => call('PATCH', `/${id}`, body);
    expect((await change({ name: 'Jo' })).body).toMatchObject({ name: 'Jo', state: 'set' });
    const validUntil = later(86_400_000);
    const asked = await change({ pin: '59302847', validUntil });
    expect(asked.body).toMatchObject({ state: 'pending', isInLock: true });
    expect(asked.body).not.toHaveProperty('validUntil');
    expect((await change({ pin: '59302848' })).body.message).toContain('PIN_BUSY');
    const failing = await keypad.next();
    expect(failing).toMatchObject({ type: 'set_pin', slot: 3, name: 'Jo', schedule: { until: validUntil } });
    await keypad.answer(failing, { state: 'failed', error: 'PIN_DUPLICATE' });
    const kept = await state('set');
    expect(kept).toMatchObject({ error: 'PIN_DUPLICATE' });
    expect(kept).not.toHaveProperty('validUntil');
    await change({ validUntil });
    expect(await keypad.obey()).not.toHaveProperty('pin');
    expect(await state('set')).toMatchObject({ validUntil });
    await change({ validUntil: null });
    expect(await keypad.obey()).not.toHaveProperty('schedule');
    expect(await state('set')).not.toHaveProperty('validUntil');
  });

  it('work until the lock was reached, and are cleared as soon as it is', async () => {
    const id = await isSet();
    const reach = (reachable: boolean) => db.update(locks).set({ reachable }).where(eq(locks.id, lock.id));
    await reach(false);
    const removed = await call('DELETE', `/${id}`);
    expect([removed.status, removed.body]).toEqual([200, { success: true, id, state: 'removing' }]);
    expect((await call('DELETE', `/${id}`)).body.state).toBe('removing');
    expect(await only()).toMatchObject({ state: 'removing', isInLock: true });
    expect((await call('PATCH', `/${id}`, { pin: '5930' })).body.message).toContain('PIN_BUSY');
    expect(await keypad.standing()).toBeUndefined();
    // A new one does not wait behind it.
    await add({ name: 'Jo', pin: '5930' });
    await keypad.obey(4);
    await reach(true);
    const first = await keypad.next();
    expect(first).toMatchObject({ type: 'clear_pin', slot: 3 });
    await db
      .update(lockKeyCommands)
      .set({ expiresAt: new Date() })
      .where(eq(lockKeyCommands.id, String(first.id)));
    const again = await keypad.next();
    expect(again).toMatchObject({ type: 'clear_pin', slot: 3 });
    await keypad.answer(again, { state: 'succeeded', slot: 3 });
    await until(async () => (await list()).items.length === 1);
    const deeds = await db
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.subjectId, id))
      .orderBy(asc(auditEntries.id));
    expect(deeds.map(({ action }) => action)).toEqual(['pin.add', 'pin.remove']);
  });

  it('taken away while they are on their way come to no lock, or are cleared there', async () => {
    await add({ name: 'First', pin: '4829' });
    const second = (await add({ name: 'Second', pin: '4830' })).body;
    expect((await call('DELETE', `/${second.id}`)).body.state).toBe('removed');
    const first = await only();
    expect((await call('DELETE', `/${first.id}`)).body.state).toBe('removing');
    await keypad.obey(5);
    expect(await keypad.obey()).toMatchObject({ type: 'clear_pin', slot: 5 });
    await gone();
  });

  it('are cleared before their lock is removed, and when it leaves its home', async () => {
    await isSet();
    const org = { apiKey: (await factory.orgKey(kim.user.projectId)).key };
    const other = await factory.home(kim);
    await send(url, 'POST', `/locks/${lock.id}/AssignHome`, { ...org, body: { homeId: other.id } });
    expect(await only()).toMatchObject({ state: 'removing', name: '', createdBy: { name: '' } });
    await keypad.obey();
    await gone();
    await db.update(locks).set({ hubId: hub.id, reachable: true }).where(eq(locks.id, lock.id));
    await isSet('48291737');
    await db.update(locks).set({ reachable: true }).where(eq(locks.id, lock.id));
    const removing = send(url, 'DELETE', `/locks/${lock.id}`, { token: kim.token });
    expect(await keypad.obey()).toMatchObject({ type: 'clear_pin', slot: 3 });
    expect((await removing).status).toBe(200);
    const rows = await db.select().from(lockPins).where(eq(lockPins.lockId, lock.id));
    expect(rows.every(({ removedAt }) => removedAt !== null)).toBe(true);
  });

  it('are cleared before their hub is taken out of use', async () => {
    await isSet();
    await db.update(locks).set({ reachable: true }).where(eq(locks.id, lock.id));
    const leaving = operatorOf(factory.deps)(`hub decommission --id ${hub.id}`);
    expect(await keypad.obey()).toMatchObject({ type: 'clear_pin', slot: 3 });
    expect((await leaving).output).toMatchObject({ status: 'decommissioned' });
    expect((await list()).items).toEqual([]);
  });

  it('keep their place for a day after their end, and are cleared then', async () => {
    const id = await isSet();
    const endedSince = (ms: number) =>
      db
        .update(lockPins)
        .set({ validFrom: new Date(Date.now() - 9 * pastPinStaysMs), validUntil: new Date(Date.now() - ms) })
        .where(eq(lockPins.id, id));
    await endedSince(pastPinStaysMs - 60_000);
    await endPastPins(factory.deps);
    expect(await only()).toMatchObject({ state: 'set', standing: 'expired', isInLock: true });
    await endedSince(pastPinStaysMs + 1_000);
    await endPastPins(factory.deps);
    expect(await only()).toMatchObject({ state: 'removing', standing: 'expired', isInLock: true });
    expect(await keypad.obey()).toMatchObject({ type: 'clear_pin', slot: 3 });
    await gone();
  });

  it('are refused with the field or the reason by name', async () => {
    const name = 'Kim';
    const inPast = '2020-01-01T00:00:00Z';
    const wrong: [object, string][] = [
      [{ pin: '4829' }, 'name'],
      [{ name: '', pin: '4829' }, 'name'],
      [{ name: 'x'.repeat(41), pin: '4829' }, 'name'],
      [{ name, pin: 4829 }, 'pin'],
      [{ name, pin: '482' }, 'pin'],
      [{ name, pin: '482917365' }, 'pin'],
      [{ name, pin: '48a9' }, 'pin'],
      [{ name, pin: '7777' }, 'pin'],
      [{ name, pin: '4829', weekdays: ['someday'] }, 'weekdays.0'],
      [{ name, pin: '4829', from: '22:00', until: '06:00' }, 'until'],
      [{ name, pin: '4829', from: '9' }, 'from'],
      [{ name, pin: '4829', validFrom: later(1_000) }, 'validUntil'],
      [{ name, pin: '4829', validUntil: inPast }, 'validUntil'],
      [{ name, pin: '4829', validFrom: later(9_000), validUntil: later(5_000) }, 'validUntil'],
      [{ name, pin: '4829', validUntil: later(9_000), weekdays: ['mon'] }, 'weekdays'],
    ];
    for (const [body, field] of wrong) {
      const { status, body: answer } = await add(body);
      expect({ body, status, field: answer.details?.[0]?.field }).toEqual({ body, status: 400, field });
    }
    const reasons: [Partial<typeof locks.$inferInsert>, object, string][] = [
      [{ keypad: null }, {}, 'PINS_UNSUPPORTED'],
      [{ keypad: { takesPins: true, takesSchedules: false } }, { until: '12:00' }, 'SCHEDULE_UNSUPPORTED'],
      [{ keypad: { takesPins: true, takesSchedules: false, slots: 0 } }, {}, 'PIN_SLOTS_FULL'],
      [{ hubId: null }, {}, 'HUB_NOT_READY'],
    ];
    const [before] = await db.select().from(locks).where(eq(locks.id, lock.id));
    for (const [change, more, reason] of reasons) {
      await db
        .update(locks)
        .set({ keypad: before?.keypad, hubId: hub.id, ...change })
        .where(eq(locks.id, lock.id));
      const { status, body } = await add({ name, pin: '4829', ...more });
      expect([status, body.message]).toEqual([409, expect.stringContaining(reason)]);
    }
    const narrow = { takesPins: true, takesSchedules: true, minLength: 6, maxLength: 6 };
    await db.update(locks).set({ hubId: hub.id, keypad: narrow }).where(eq(locks.id, lock.id));
    expect((await add({ name, pin: '4829' })).body.details).toEqual([
      { field: 'pin', message: 'must have 6 digits at this lock' },
    ]);
    await db.update(hubs).set({ status: 'suspended' }).where(eq(hubs.id, hub.id));
    expect((await add({ name, pin: '482917' })).status).toBe(502);
    expect((await call('PATCH', `/${randomUUID()}`, { name })).status).toBe(404);
    expect((await list()).items).toEqual([]);
  });

  it('are typed sixty times an hour at one lock and no more', async () => {
    await db.execute(
      sql`insert into rate_counts (subject, window_start, count) values (${`pins:${lock.id}`}, now(), 59)`,
    );
    const { id } = (await add({ name: 'Kim', pin: '4829' })).body;
    const refused = await add({ name: 'Jo', pin: '4830' });
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect((await call('PATCH', `/${id}`, { pin: '4830' })).status).toBe(429);
    expect((await call('PATCH', `/${id}`, { name: 'Jo' })).status).toBe(200);
  });

  it('are told anew when the clocks of their home go by another zone', async () => {
    await add({ name: 'Cleaning', pin: '4829', from: '09:00', until: '13:00' });
    await keypad.obey(2);
    await state('set');
    await send(url, 'PATCH', `/homes/${home.id}`, {
      token: kim.token,
      body: { timezone: 'Europe/Oslo' },
    });
    const again = await keypad.obey();
    expect(again).toMatchObject({ slot: 2, timezone: 'Europe/Oslo', schedule: { fromMinute: 540 } });
    expect(again).not.toHaveProperty('pin');
    await state('set');
  });

  it('follow what lock and hub say of themselves', async () => {
    await db.update(locks).set({ keypad: null }).where(eq(locks.id, lock.id));
    await keypad.report({ features: ['unbolt', 'pin', 'pinSchedule'] });
    await keypad.report({ pinLimits: { slots: 20, minLength: 5, maxLength: 99 } });
    expect((await list()).keypad).toEqual({
      ...{ takesPins: true, takesSchedules: true, minLength: 5, maxLength: 8, slots: 20 },
      ...{ isReady: true, reachable: true },
    });
    await db.update(hubs).set({ pinKey: null }).where(eq(hubs.id, hub.id));
    expect((await list()).keypad.isReady).toBe(false);
    const virtual = await factory.virtualHub(hub);
    await virtual.report({ pinKey: 'A'.repeat(43) });
    expect((await list()).keypad.isReady).toBe(true);
    await virtual.end();
  });

  it('are set and cleared by the published calls, without the PIN in an event', async () => {
    const org = { apiKey: (await factory.orgKey(kim.user.projectId)).key };
    const device = (name: string, body: object) =>
      send(url, 'POST', `/matter-devices/${lock.thing}/${name}`, { ...org, body });
    const { thing: thingName } = lock;
    await device('CreateMatterDevice', {
      deviceId: thingName,
      thingName,
      hubId: hub.id,
      deviceType: 'door-lock',
    });
    const set = await device('SetMatterPin', { pinCode: '48291736', userIndex: 2 });
    expect([set.status, set.body]).toEqual([
      200,
      {
        ...{ success: true, aggregateId: thingName, version: 2 },
        event: {
          type: 'MatterPinSet',
          data: { deviceId: thingName, thingName, userIndex: 2, setAt: expect.any(Number) },
        },
      },
    ]);
    expect(keypad.digits(await keypad.obey(9))).toBe('48291736');
    await state('set');
    await device('SetMatterPin', { pinCode: '48291737', credentialIndex: 9 });
    expect(await keypad.obey()).toMatchObject({ type: 'set_pin', slot: 9 });
    await state('set');
    const cleared = await device('ClearMatterPin', { credentialIndex: 9 });
    expect(cleared.body).toMatchObject({
      version: 4,
      event: { type: 'MatterPinCleared', data: { credentialIndex: 9 } },
    });
    await keypad.obey();
    await gone();
    // One that was set at the lock itself.
    await device('ClearMatterPin', { credentialIndex: 4 });
    expect(await keypad.obey()).toMatchObject({ type: 'clear_pin', slot: 4 });
    await gone();
    for (const [name, body, field] of [
      ['SetMatterPin', { pinCode: '48' }, 'pinCode'],
      ['SetMatterPin', { pinCode: '7777' }, 'pinCode'],
      ['SetMatterPin', { pinCode: '4829', credentialIndex: -1 }, 'credentialIndex'],
      ['ClearMatterPin', {}, 'credentialIndex'],
    ] as const)
      expect((await device(name, body)).body.details[0].field).toBe(field);
    const lamp = { deviceId: `lamp-${lock.uuid}`, thingName: `lamp-${lock.uuid}`, hubId: hub.id };
    await send(url, 'POST', `/matter-devices/${lamp.deviceId}/CreateMatterDevice`, { ...org, body: lamp });
    const none = await send(url, 'POST', `/matter-devices/${lamp.deviceId}/SetMatterPin`, {
      ...org,
      body: { pinCode: '4829' },
    });
    expect(none.body.message).toContain('PINS_UNSUPPORTED');
    const desired = { pin: { type: 'set_pin', slot: 1 } };
    expect((await device('UpdateDesiredShadow', { desired })).body.details[0].field).toBe('desired.pin');
    expect(await tablesWith('48291736')).toEqual([]);
    // Each call is one line of the audit: of the code, with whoever asked for it.
    await takeInRecords(factory.deps);
    const told = await db
      .select({ action: auditEntries.action, actor: auditEntries.actorKind })
      .from(auditEntries)
      .where(and(eq(auditEntries.homeId, home.id), like(auditEntries.action, '%pin%')));
    const byKey = told.filter(({ actor }) => actor === 'orgKey').map(({ action }) => action);
    expect(byKey.sort()).toEqual(['pin.add', 'pin.change', 'pin.remove', 'pin.remove']);
    expect(told.filter(({ action }) => action.startsWith('matter-device.'))).toEqual([]);
  });
});
