import { randomUUID } from 'node:crypto';
import { and, count, eq, isNull } from 'drizzle-orm';
import { lockGrants } from '@/drizzle/schema';
import type { createGrant as operation } from '../../contracts/access';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { always } from '../../domain/access/window';
import { changeWindow } from '../../domain/access/wire-window';
import { zoneOf } from '../../domain/access/zone';
import { Failure, invalidField } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { identityOf } from '../../domain/principal';
import { recordAccess } from '../access/record-access';
import { recordDeed } from '../audit/record';
import type { Caller, Deps } from '../deps';
import { loadLock } from '../locks/load-lock';
import { lockHome } from '../members/keep-owner';
import { loadMember } from '../members/load-member';
import { type GrantRow, personName, toGrant } from './view';

/** What one door keeps in mind. */
const mostGrants = 200;

/** POST /locks/{id}/grants (ours): an owner gives a member of the home, of any role, a right to open one door. */
export async function createGrant(
  { db, bus, clock }: Deps,
  { principal, address }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const now = clock.now();
  const { lock, home, facts } = await loadLock(db, principal, params.id, now);
  authorise('grants.create', principal, facts);
  if (lock === undefined || home === undefined) throw new Failure('not_found');
  const window = changeWindow(always, body);
  const by = identityOf(principal);
  const { row, user, event } = await db.transaction(async (tx) => {
    await lockHome(tx, home.id);
    const member = await loadMember(tx, home.id, body.userId);
    if (member === undefined) throw invalidField('userId', 'is no member of this home');
    const [held] = await tx
      .select({ count: count() })
      .from(lockGrants)
      .where(and(eq(lockGrants.lockId, lock.id), isNull(lockGrants.revokedAt)));
    if ((held?.count ?? 0) >= mostGrants)
      throw invalidField('userId', `this door has ${mostGrants} grants; take one away first`);
    const made: GrantRow = {
      id: randomUUID(),
      lockId: lock.id,
      userId: body.userId,
      ...window,
      note: body.note ?? null,
      grantedByKind: by.kind,
      grantedById: by.id,
      grantedByName: by.name,
      createdAt: now,
      revokedAt: null,
    };
    await tx.insert(lockGrants).values(made);
    await recordDeed(tx, principal, {
      projectId: home.projectId,
      homeId: home.id,
      action: 'grant.create',
      subject: { kind: 'grant', id: made.id },
      data: { lockId: lock.id, userId: made.userId },
      address: address ?? null,
      at: now,
    });
    const line = {
      kind: 'grant',
      action: 'created',
      id: made.id,
      lockIds: [lock.id],
      userId: made.userId,
    } as const;
    return { row: made, user: member.user, event: await recordAccess(tx, home.id, line) };
  });
  bus.announce([event]);
  return toGrant(row, personName(user), now, zoneOf(home.timezone).zone);
}
