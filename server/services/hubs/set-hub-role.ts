import { and, asc, eq, ne } from 'drizzle-orm';
import { hubs } from '@/drizzle/schema';
import type { setHubRole as operation } from '../../contracts/hubs';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { changeHub, requireSelf } from './change-hub';
import { loadHub } from './load-hub';

/**
 * POST /hubs/{id}/SetHubRole (lock-api 7). A home has one primary hub at most: making one of them so takes it from the
 * other, which has an event of its own. Raises `invalid`, and `device_unreachable` while the hub is not connected.
 */
export async function setHubRole(
  { db, clock, bus }: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { hub, facts } = await loadHub(db, principal, params.id);
  authorise('hubs.setRole', principal, facts);
  if (hub === undefined) throw new Failure('not_found');
  requireSelf(principal, body.userId);
  const { isPrimary, userId } = body;
  const { answer, lines } = await db.transaction(async (tx) => {
    const at = clock.now();
    const others =
      isPrimary && hub.homeId !== null
        ? and(eq(hubs.homeId, hub.homeId), eq(hubs.isPrimary, true), ne(hubs.id, hub.id))
        : undefined;
    // Held in the order of their ids, so that two of these at once do not wait for each other.
    const rows = [];
    const ids = new Set([hub.id]);
    if (others !== undefined)
      for (const { id } of await tx.select({ id: hubs.id }).from(hubs).where(others)) ids.add(id);
    for (const id of [...ids].sort()) {
      const [row] = await tx.select().from(hubs).where(eq(hubs.id, id)).orderBy(asc(hubs.id)).for('update');
      if (row !== undefined) rows.push(row);
    }
    const held = rows.find(({ id }) => id === hub.id);
    if (held === undefined) throw new Failure('not_found');
    const change = await changeHub(
      tx,
      held,
      { type: 'SetHubRole', isPrimary, userId },
      { isPrimary },
      { at, needsHub: true },
    );
    const told = [...change.lines];
    for (const other of rows) {
      if (other.id === hub.id || !other.isPrimary || other.homeId !== held.homeId) continue;
      if (other.status !== 'claimed') {
        await tx.update(hubs).set({ isPrimary: false }).where(eq(hubs.id, other.id));
        continue;
      }
      const command = { type: 'SetHubRole', isPrimary: false, userId } as const;
      const made = await changeHub(tx, other, command, { isPrimary: false }, { at, needsHub: false });
      told.push(...made.lines);
    }
    return { answer: change.answer, lines: told };
  });
  bus.announce(lines);
  return answer;
}
