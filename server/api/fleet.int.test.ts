import { beforeAll, describe, expect, it } from 'vitest';
import { send } from '@/server/testing/api-client';
import type { Staff } from '@/server/testing/factories';
import { fleetPast } from '@/server/testing/fleet-past';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';

const factory = ground();
const past = fleetPast(factory);

describe.each(gateway())('the figures of the fleet ($name)', ({ url }) => {
  let support: Staff;
  let elsewhere: number;
  const range = { from: '2026-03-28T00:00:00Z', to: '2026-03-30T00:00:00Z' };
  const ask = (query: Record<string, string>, headers = support.caller.headers) =>
    send(url, 'GET', `/staff/fleet?${new URLSearchParams(query)}`, { headers });

  beforeAll(async () => {
    const owner = await factory.person((await factory.project()).id);
    const home = await factory.home(owner);
    await past.opening({ lockId: (await factory.lock(home.id)).id, homeId: home.id }, '2026-03-29T12:00:00Z');
    elsewhere = (await factory.project()).id;
    support = await factory.staff('support', [owner.user.projectId]);
  });

  it('are told to staff, by day if nothing else is asked for', async () => {
    const { status, body } = await ask({ ...range, timezone: 'Europe/Oslo' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ by: 'day', timezone: 'Europe/Oslo', total: { openings: { confirmed: 1 } } });
    expect(body.buckets.map(({ from }: { from: string }) => from)).toEqual([
      '2026-03-27T23:00:00.000Z',
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ]);
  });

  it('are not told to anybody else, nor of another project', async () => {
    expect((await ask(range, {} as never)).status).toBe(401);
    expect((await ask({ ...range, project: String(elsewhere) })).status).toBe(404);
  });

  it.each([
    ['from', { from: 'yesterday' }],
    ['from', { from: '0000-01-01T00:00:00Z' }],
    ['to', { to: '2026-06-30T00:00:00Z' }],
    ['to', { to: '2026-03-27T00:00:00Z' }],
    ['by', { by: 'week' }],
    ['timezone', { timezone: 'Oslo' }],
    ['timezone', { timezone: '+01:00' }],
    ['project', { project: '-1' }],
  ])('are refused with the name of what is wrong: %s in %o', async (field, wrong) => {
    const { status, body } = await ask({ ...range, ...wrong });
    expect(status).toBe(403);
    expect(body.data.details[0].field).toBe(field);
  });
});
