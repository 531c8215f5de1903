import { eq } from 'drizzle-orm';
import { lockGrants } from '@/drizzle/schema';
import type { updateGrant as operation } from '../../contracts/access';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { changeWindow } from '../../domain/access/wire-window';
import { zoneOf } from '../../domain/access/zone';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { recordAccess } from '../access/record-access';
import { recordDeed } from '../audit/record';
import type { Caller, Deps } from '../deps';
import { loadLock } from '../locks/load-lock';
import { lockHome } from '../members/keep-owner';
import { holdGrant } from './load-grant';
import { type GrantRow, personName, toGrant } from './view';

/** PATCH /locks/{id}/grants/{grantId} (ours): what is absent stays, null takes a limit away. */
export async function updateGrant(
  { db, bus, clock }: Deps,
  { principal, address }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const now = clock.now();
  const { home, facts } = await loadLock(db, principal, params.id, now);
  authorise('grants.update', principal, facts);
  if (home === undefined) throw new Failure('not_found');
  const { row, user, event } = await db.transaction(async (tx) => {
    await lockHome(tx, home.id);
    const { grant, user: person } = await holdGrant(tx, params.id, params.grantId);
    const changes = {
      ...changeWindow(grant, body),
      note: body.note === undefined ? grant.note : body.note,
    };
    const next: GrantRow = {
      ...grant,
      validFrom: changes.validFrom,
      validUntil: changes.validUntil,
      weekdays: changes.weekdays,
      fromMinute: changes.fromMinute,
      untilMinute: changes.untilMinute,
      note: changes.note,
    };
    await tx.update(lockGrants).set(changes).where(eq(lockGrants.id, grant.id));
    await recordDeed(tx, principal, {
      projectId: home.projectId,
      homeId: home.id,
      action: 'grant.change',
      subject: { kind: 'grant', id: grant.id },
      data: { lockId: params.id, userId: grant.userId },
      address: address ?? null,
      at: now,
    });
    const line = {
      kind: 'grant',
      action: 'changed',
      id: grant.id,
      lockIds: [params.id],
      userId: grant.userId,
    } as const;
    return { row: next, user: person, event: await recordAccess(tx, home.id, line) };
  });
  bus.announce([event]);
  return toGrant(row, personName(user), now, zoneOf(home.timezone).zone);
}
