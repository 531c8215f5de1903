import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { and, eq } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { domainEvents } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import { type Factory, makeFactory } from '@/server/testing/factories';
import { settled } from '@/server/testing/settled';
import { type System, startSystem } from '@/server/testing/system';
import { until } from '@/server/testing/until';

let system: System;
let factory: Factory;
beforeAll(async () => {
  system = await startSystem();
  factory = makeFactory(system);
});
afterAll(async () => {
  await factory.end();
  await system.stop();
});

async function doorOf() {
  const project = await factory.project();
  const person = await factory.person(project.id);
  const home = await factory.home(person);
  return { person, home, lock: await factory.lock(home.id) };
}
const open = (lockId: number, token: string, requestId?: string, url = system.url) =>
  send(url, 'POST', `/locks/${lockId}/OpenLock`, { token, body: { requestId } });
const versionOf = async (lockId: number, token: string): Promise<number> =>
  (await send(system.url, 'GET', `/locks/${lockId}/basic-info`, { token })).body.version;
const commandOf = async (thing: string): Promise<unknown> => {
  const { getShadow } = await import('@/server/services/shadows/get-shadow');
  const answer = await getShadow(factory.deps, { thing, name: '' }, {});
  return answer.ok
    ? (answer.accepted.state as { desired?: { command?: unknown } }).desired?.command
    : undefined;
};

describe('when something is away', () => {
  it('leaves an opening at "sent" while the lock is unreachable, ends it at its expiry and never fires it later', async () => {
    const { person, lock } = await doorOf();
    const reply = await open(lock.id, person.token, 'nobody home');
    expect(reply.status).toBe(200);
    const door = await send(system.url, 'GET', `/locks/${lock.id}`, { token: person.token });
    expect(door.body.opening).toMatchObject({ status: 'sent' });
    expect(door.body.bolt).toBe('unknown');
    const expired = await settled(system.url, person.token, lock.id, 'expired');
    expect(expired).not.toHaveProperty('acceptedAt');
    await until(async () => (await commandOf(lock.thing)) === undefined);
    const virtual = await factory.virtualLock(lock);
    // The lock has read its shadow and answers a new intent; the old one has done nothing.
    expect((await open(lock.id, person.token, 'second try')).status).toBe(200);
    await settled(system.url, person.token, lock.id, 'confirmed');
    expect(virtual.actuations).toBe(1);
    await virtual.stop();
  });

  it('answers 502 with the version unchanged while the broker is down, and opens again when it is back', async () => {
    const { person, lock } = await doorOf();
    const virtual = await factory.virtualLock(lock);
    expect((await open(lock.id, person.token)).status).toBe(200);
    await settled(system.url, person.token, lock.id, 'confirmed');
    await system.broker.stop();
    const refused = await open(lock.id, person.token, 'while it is down');
    expect(refused.status).toBe(502);
    expect(refused.body).toEqual({
      success: false,
      error: 'Error',
      message: 'Failed to update device shadow',
      code: 502,
    });
    expect(await versionOf(lock.id, person.token)).toBe(2);
    await system.broker.start();
    await until(async () => (await send(system.url, 'GET', '/readyz')).body.checks.broker === true);
    await virtual.ready();
    await until(async () => (await open(lock.id, person.token)).status === 200);
    await settled(system.url, person.token, lock.id, 'confirmed');
    // Those that were refused have moved nothing.
    const events = await factory.deps.db
      .select()
      .from(domainEvents)
      .where(and(eq(domainEvents.aggregateId, String(lock.id)), eq(domainEvents.type, 'LockOpenRequested')));
    expect(virtual.actuations).toBe(events.length);
    await virtual.stop();
  });

  it('answers 503 with Retry-After while PostgreSQL is dead and heals by itself', async () => {
    const { person, home, lock } = await doorOf();
    const virtual = await factory.virtualLock(lock);
    process.kill(system.postgresPid(), 'SIGKILL');
    const refused = await until(async () => {
      const reply = await send(system.url, 'GET', `/homes/${home.id}`, { token: person.token });
      return reply.status === 200 ? undefined : reply;
    });
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(refused.body.reason).toBe('DATABASE_ERROR');
    const door = await open(lock.id, person.token);
    expect(door.status).toBe(503);
    expect(door.body).toMatchObject({ success: false, code: 503 });
    await system.postgres.start();
    await until(
      async () =>
        (await send(system.url, 'GET', `/homes/${home.id}`, { token: person.token })).status === 200,
    );
    // Somebody else each time: one person may not ask so often, and the bridge may need longer than the gateway.
    await until(async () => {
      const member = await factory.person(home.projectId);
      await factory.member(home.id, member, 'member');
      return (await open(lock.id, member.token)).status === 200;
    });
    await settled(system.url, person.token, lock.id, 'confirmed');
    await virtual.stop();
  });

  it('settles an opening whose gateway was killed before it could record it, by the report of the lock', async () => {
    const { person, lock } = await doorOf();
    const virtual = await factory.virtualLock(lock);
    // The report comes after the gateway has begun to write, not before.
    virtual.control.answerLate(4_000);
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/main/main.ts', '--target=gateway'], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: {
        ...process.env,
        NODE_ENV: 'test',
        LOG_LEVEL: 'silent',
        HOST: '127.0.0.1',
        PORT: '0',
        HTTPS_PORT: '0',
        DATABASE_URL: system.databaseUrl,
        MQTT_URL: system.mqttUrl,
        SECRETS_KEY: system.secretsKey,
      },
    });
    const [ready] = (await once(child, 'message')) as [{ type: string; port: number }];
    // From here on this gateway, and it alone, stands still when it records the event.
    const owner = postgres(system.ownerUrl, { max: 1, onnotice: () => {} });
    await owner.unsafe(`
      create function stand_still() returns trigger language plpgsql as $$
      begin
        if current_setting('application_name') = 'latchkey-gateway' then perform pg_advisory_xact_lock(4711); end if;
        return new;
      end $$;
      create trigger stand_still before insert on domain_events for each row when (new.aggregate_id = '${lock.id}') execute function stand_still()`);
    await owner`select pg_advisory_lock(4711)`;
    try {
      const lost = open(lock.id, person.token, 'lost answer', `http://127.0.0.1:${ready.port}`).catch(
        () => 'no answer',
      );
      await until(
        async () =>
          (await owner`select 1 from pg_locks where locktype = 'advisory' and objid = 4711 and not granted`)
            .length > 0,
      );
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      expect(await lost).toBe('no answer');
      await owner`select pg_advisory_unlock(4711)`;
      const opening = await settled(system.url, person.token, lock.id, 'confirmed');
      expect(opening.requestId).toBe('lost answer');
    } finally {
      await owner.unsafe('drop trigger stand_still on domain_events; drop function stand_still()');
      await owner.end();
    }
    // The caller comes back with the same intent and gets the answer it missed; nothing moves again.
    const again = await open(lock.id, person.token, 'lost answer');
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({ version: 2, event: { data: { requestId: 'lost answer' } } });
    expect(virtual.actuations).toBe(1);
    await virtual.stop();
  });

  it('confirms nothing for a lock that jams, and says so', async () => {
    const { person, lock } = await doorOf();
    const virtual = await factory.virtualLock(lock);
    virtual.control.jam();
    expect((await open(lock.id, person.token)).status).toBe(200);
    const opening = await settled(system.url, person.token, lock.id, 'failed');
    expect(opening.error).toBe('JAMMED');
    const door = await send(system.url, 'GET', `/locks/${lock.id}`, { token: person.token });
    expect(['jammed', 'not-fully-locked']).toContain(door.body.bolt);
    await virtual.stop();
  });

  it('says "opened late" when the report comes after the expiry, and the door state follows', async () => {
    const { person, lock } = await doorOf();
    const virtual = await factory.virtualLock(lock);
    virtual.control.answerLate(11_000);
    expect((await open(lock.id, person.token)).status).toBe(200);
    await settled(system.url, person.token, lock.id, 'expired');
    const late = await until(async () => {
      const { body } = await send(system.url, 'GET', `/locks/${lock.id}`, { token: person.token });
      return body.opening.lateReport === true ? body : undefined;
    });
    expect(late.opening.status).toBe('expired');
    expect(late.bolt).toBe('unlocked');
    expect(virtual.actuations).toBe(1);
    await virtual.stop();
  });

  it('counts a lock that answers twice once', async () => {
    const { person, lock } = await doorOf();
    const virtual = await factory.virtualLock(lock);
    virtual.control.answerTwice();
    expect((await open(lock.id, person.token)).status).toBe(200);
    const opening = await settled(system.url, person.token, lock.id, 'confirmed');
    expect(opening.lateReport).toBe(false);
    expect(virtual.actuations).toBe(1);
    expect(await versionOf(lock.id, person.token)).toBe(2);
    await virtual.stop();
  });
});
