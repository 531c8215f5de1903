import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { pushMessages, pushSubscriptions, refusals, staffSessions } from '@/drizzle/schema';
import { fleetPast } from '@/server/testing/fleet-past';
import { ground } from '@/server/testing/ground';
import { until } from '@/server/testing/until';
import { Sweep } from './sweep';

const factory = ground();
const past = fleetPast(factory);
const now = new Date();
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
/** As the bridge of the system that all files share has it: which of the two comes first is no matter. */
const months = 13;

describe('what is kept long enough', () => {
  it('is forgotten: refusals, pushes and staff sessions, each at its age and not a day before', async () => {
    const { db } = factory.deps;
    const owner = await factory.person((await factory.project()).id);
    const home = await factory.home(owner);
    const door = { lockId: (await factory.lock(home.id)).id, homeId: home.id };
    for (const days of [400, 390]) await past.refusal(door, ago(days).toISOString());
    for (const days of [31, 29]) await past.push(owner, ago(days).toISOString(), 'failed');
    const { account } = await factory.staff('support', [owner.user.projectId]);
    const session = async (name: string, more: Partial<typeof staffSessions.$inferInsert>) => {
      const times = { createdAt: ago(40), lastSeenAt: ago(31), expiresAt: ago(-300), revokedAt: null };
      const rest = { accountId: account.id, tokenHash: Buffer.from(randomUUID()), userAgent: name };
      await db.insert(staffSessions).values({ id: randomUUID(), ...rest, ...times, ...more });
    };
    await session('unused for 31 days', {});
    await session('unused for 29 days', { lastSeenAt: ago(29) });
    await session('expired 31 days ago', { lastSeenAt: now, expiresAt: ago(31) });
    await session('expired 29 days ago', { lastSeenAt: now, expiresAt: ago(29) });
    await session('ended 31 days ago', { lastSeenAt: now, revokedAt: ago(31) });
    await session('ended 29 days ago', { lastSeenAt: now, revokedAt: ago(29) });

    const left = async () => ({
      refusals: (await db.select().from(refusals).where(eq(refusals.lockId, door.lockId))).map((row) =>
        row.createdAt.toISOString(),
      ),
      pushes: (
        await db
          .select({ createdAt: pushMessages.createdAt })
          .from(pushMessages)
          .innerJoin(pushSubscriptions, eq(pushSubscriptions.id, pushMessages.subscriptionId))
          .where(eq(pushSubscriptions.userId, owner.user.id))
      ).map(({ createdAt }) => createdAt.toISOString()),
      sessions: (await db.select().from(staffSessions).where(eq(staffSessions.accountId, account.id)))
        .map(({ userAgent }) => userAgent ?? 'signed in now')
        .sort(),
    });
    const sweep = new Sweep(factory.deps, months);
    sweep.start();
    try {
      const wanted = {
        refusals: [ago(390).toISOString()],
        pushes: [ago(29).toISOString()],
        sessions: ['ended 29 days ago', 'expired 29 days ago', 'signed in now', 'unused for 29 days'],
      };
      const counts = ({ refusals: told, pushes, sessions }: typeof wanted) =>
        [told, pushes, sessions].map(({ length }) => length).join();
      // The bridge of all files sweeps too, and may be between two kinds when these rows come.
      await until(async () => counts(await left()) === counts(wanted));
      expect(await left()).toEqual(wanted);
    } finally {
      await sweep.stop();
    }
  });
});
