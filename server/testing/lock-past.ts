import { lockHistory } from '@/drizzle/schema';
import type { Factory } from './factories';

const day = 86_400_000;

/** Puts three months of a lock into the past: a battery that sinks and was changed, a door that is opened, a bolt turned by hand. */
export async function lockPast(
  { deps: { db } }: Factory,
  door: { lockId: number; homeId: number },
): Promise<void> {
  const now = Date.now();
  const row = (
    daysAgo: number,
    kind: (typeof lockHistory.$inferInsert)['kind'],
    value: Record<string, unknown>,
    isTold = false,
  ) => ({ ...door, at: new Date(now - daysAgo * day), kind, value, isTold });
  const past = [];
  // Changed a month ago, and a little above 90 per cent by now.
  for (let ago = 88; ago > 0.5; ago -= 3)
    past.push(
      row(ago, 'battery', { percent: ago > 30 ? Math.round(ago) : Math.round(90 + ago / 3), level: 'ok' }),
    );
  for (let ago = 12; ago > 1; ago -= 1) {
    past.push(row(ago + 0.2, 'door', { door: 'open' }));
    past.push(row(ago + 0.2 - 0.002 * ago, 'door', { door: 'closed' }));
  }
  past.push(row(1.3, 'operation', { operation: 'unlock', source: 'keypad', slot: 2 }, true));
  past.push(row(1.2, 'operation', { operation: 'lock', source: 'auto' }, true));
  past.push(row(0.9, 'operation', { operation: 'unlock', source: 'manual' }, true));
  past.push(row(0.8, 'alarm', { alarm: 'DOOR_AJAR' }, true));
  await db.insert(lockHistory).values(past);
}
