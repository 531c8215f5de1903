import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect, inject, it } from 'vitest';
import { homeEvents } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import { ground } from '@/server/testing/ground';
import { connectThing } from '@/server/testing/mqtt-wire';
import { until } from '@/server/testing/until';

const factory = ground();
const url = inject('url');

/** A door whose lock is played by the test. */
async function playedDoor() {
  const person = await factory.person((await factory.project()).id);
  const home = await factory.home(person);
  const lock = await factory.lock(home.id);
  const wire = await connectThing(inject('mqttUrl'), lock);
  const prefix = `$aws/things/${lock.thing}/shadow`;
  await wire.subscribe(`${prefix}/update/+`);
  const open = async () => {
    const reply = await send(url, 'POST', `/locks/${lock.id}/OpenLock`, { token: person.token, body: {} });
    expect(reply.status).toBe(200);
    const { body } = await wire.next(({ topic, body }) => topic.endsWith('/delta') && body.state.command);
    return body.state.command.id as string;
  };
  const report = async (reported: object) => {
    const clientToken = randomUUID();
    await wire.publish(`${prefix}/update`, { state: { reported }, clientToken });
    return (
      await wire.next(
        ({ topic, body }) => /accepted|rejected/.test(topic) && body.clientToken === clientToken,
      )
    ).body;
  };
  const opening = async () => (await factory.openings(lock.id))[0];
  /** Statuses that the home was told of this door's openings, in order. */
  const told = async () => {
    const rows = await factory.deps.db
      .select()
      .from(homeEvents)
      .where(eq(homeEvents.homeId, home.id))
      .orderBy(homeEvents.position);
    return rows
      .filter(({ topic }) => topic === 'opening')
      .map(({ payload }) => (payload as { status: string; lateReport?: boolean }).status);
  };
  return { wire, open, report, opening, told };
}
const terminal = (statuses: string[]) =>
  statuses.filter((status) => ['confirmed', 'failed', 'expired'].includes(status));

it('one report ten times is one outcome (I3), and the version of the shadow only rises (I6)', async () => {
  const { wire, open, report, opening, told } = await playedDoor();
  const id = await open();
  const reported = { lockState: 'UNLOCKED', command: { id, state: 'succeeded' } };
  const versions: number[] = [];
  for (let copy = 0; copy < 10; copy += 1) versions.push((await report(reported)).version);
  expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  expect((await opening())?.status).toBe('confirmed');
  expect(terminal(await told())).toEqual(['confirmed']);
  await wire.end();
});

it('reports in the wrong order end in the one outcome: "accepted" after "succeeded" takes nothing back', async () => {
  const { wire, open, report, opening, told } = await playedDoor();
  const id = await open();
  await report({ lockState: 'UNLOCKED', command: { id, state: 'succeeded' } });
  await report({ command: { id, state: 'accepted' } });
  await report({ command: { id, state: 'failed', error: 'LATE' } });
  expect(await opening()).toMatchObject({ status: 'confirmed', error: null });
  expect(terminal(await told())).toEqual(['confirmed']);
  await wire.end();
});

it('a report for a command that nobody gave is stored and settles nothing', async () => {
  const { wire, open, report, opening, told } = await playedDoor();
  const id = await open();
  for (const unknown of [randomUUID(), 'no uuid', `${id}x`])
    await report({ lockState: 'UNLOCKED', command: { id: unknown, state: 'succeeded' } });
  expect(['sent', 'accepted']).toContain((await opening())?.status);
  expect(terminal(await told())).toEqual([]);
  await report({ lockState: 'UNLOCKED', command: { id, state: 'succeeded' } });
  expect(terminal(await told())).toEqual(['confirmed']);
  await wire.end();
});

it('"succeeded" after the expiry leaves it expired, says that it came late, and says so once', async () => {
  const { wire, open, report, opening, told } = await playedDoor();
  const id = await open();
  await until(async () => (await opening())?.status === 'expired');
  for (let copy = 0; copy < 10; copy += 1)
    await report({ lockState: 'UNLOCKED', command: { id, state: 'succeeded' } });
  expect(await opening()).toMatchObject({ status: 'expired', lateReport: true });
  expect([...new Set(terminal(await told()))]).toEqual(['expired']);
  expect(terminal(await told())).toHaveLength(2);
  await until(async () => (await opening())?.withdrawnAt);
  await wire.end();
});
