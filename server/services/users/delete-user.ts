import { and, eq } from 'drizzle-orm';
import { homeMembers, users } from '@/drizzle/schema';
import type { InputOf } from '../../contracts/operation';
import type { deleteUser as operation } from '../../contracts/users';
import type { Transaction } from '../../db/client';
import { authorise } from '../../domain/permissions';
import type { HomeEvent } from '../../event-store/outbox';
import { recordDeed } from '../audit/record';
import type { Caller, Deps } from '../deps';
import { removeHome } from '../homes/remove-home';
import { giveUpLocks } from '../hubs/give-up-locks';
import { findHeir, makeOwner } from '../members/hand-over';
import { loadMember } from '../members/load-member';
import { lockHomesOf, recordMember } from '../members/record-member';
import { toMember } from '../members/view';
import { endSessions } from '../user-session/end-sessions';
import { loadUser } from './load-user';

type Left = { homeId: number; isGone: boolean; events: (HomeEvent | undefined)[] };

/** Takes a person out of one home, which is handed over, or goes as well when nobody is left to have it. */
async function leave(tx: Transaction, homeId: number, userId: number, now: Date): Promise<Left> {
  await tx.delete(homeMembers).where(and(eq(homeMembers.homeId, homeId), eq(homeMembers.userId, userId)));
  const heir = await findHeir(tx, homeId);
  if (heir.kind === 'none') {
    await removeHome(tx, homeId, now);
    return { homeId, isGone: true, events: [] };
  }
  const events = [await recordMember(tx, homeId, { action: 'removed', userId })];
  if (heir.kind === 'heir') {
    await makeOwner(tx, homeId, heir.userId);
    const row = await loadMember(tx, homeId, heir.userId);
    if (row !== undefined) {
      const member = toMember(row.membership, row.user);
      events.push(await recordMember(tx, homeId, { action: 'changed', userId: heir.userId, member }));
    }
  }
  return { homeId, isGone: false, events };
}

/**
 * DELETE /users/{userId} (mode-api 5.1): memberships go, homes are handed over or deleted (model 2), sessions and sockets
 * end.
 */
export async function deleteUser(
  deps: Deps,
  { principal, address }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<undefined> {
  const { db, bus, clock } = deps;
  const { userId } = params;
  const { user, facts } = await loadUser(db, userId);
  authorise('users.delete', principal, facts);
  const now = clock.now();
  const { left, ended } = await db.transaction(async (tx) => {
    const homes: Left[] = [];
    for (const { homeId } of await lockHomesOf(tx, userId)) homes.push(await leave(tx, homeId, userId, now));
    const sessions = await endSessions(tx, userId, now);
    await tx.delete(users).where(eq(users.id, userId));
    await recordDeed(tx, principal, {
      projectId: user?.projectId ?? 0,
      action: 'user.delete',
      subject: { kind: 'user', id: String(userId) },
      data: { deletedHomes: homes.filter(({ isGone }) => isGone).map(({ homeId }) => homeId) },
      address: address ?? null,
      at: now,
    });
    return { left: homes, ended: sessions };
  });
  for (const id of ended) bus.revoke({ kind: 'session', id });
  for (const { homeId, isGone } of left)
    bus.revoke(isGone ? { kind: 'home', homeId } : { kind: 'member', homeId, userId });
  bus.announce(left.flatMap(({ events }) => events));
  if (left.some(({ isGone }) => isGone)) void giveUpLocks(deps);
}
