import { and, eq } from 'drizzle-orm';
import { guestLinkDoors, guestLinks } from '@/drizzle/schema';
import { envelope } from '../../contracts/envelope';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { createTempKey as operation } from '../../contracts/temp-keys';
import { always } from '../../domain/access/window';
import { changeWindow } from '../../domain/access/wire-window';
import { Failure, missingField } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadLock } from '../locks/load-lock';
import { makeLink } from './make-link';

/**
 * POST /locks/{id}/create-temp-key (lock-api 7): a guest link of one door under a name that the caller chose. A repeat
 * answers `event: null`; the token is shown by the first answer alone.
 */
export async function createTempKey(
  deps: Deps,
  caller: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const now = deps.clock.now();
  const { lock, facts } = await loadLock(deps.db, caller.principal, params.id, now);
  authorise('locks.createTempKey', caller.principal, facts);
  if (lock === undefined) throw new Failure('not_found');
  if (body.accessMode === 'user-whitelist' && body.allowedUserIds === undefined)
    throw missingField('allowedUserIds');
  const tempKeyUuid = body.tempKeyUuid.toLowerCase();
  const [known] = await deps.db
    .select({ revokedAt: guestLinks.revokedAt })
    .from(guestLinks)
    .innerJoin(guestLinkDoors, eq(guestLinkDoors.linkUuid, guestLinks.uuid))
    .where(and(eq(guestLinks.uuid, tempKeyUuid), eq(guestLinkDoors.lockId, lock.id)));
  if (known?.revokedAt) throw new Failure('conflict', { message: 'tempKeyUuid is that of a deleted key.' });
  if (known !== undefined) return { ...envelope(lock.id, lock.version, null), tempKeyUuid };
  const { url, recorded } = await makeLink(deps, caller, {
    uuid: tempKeyUuid,
    accessMode: body.accessMode,
    allowedUserIds: body.allowedUserIds ?? null,
    window: changeWindow(always, body),
    maxUses: body.maxUses ?? null,
    label: body.label ?? null,
    description: body.description ?? null,
    doors: [{ lockId: lock.id, label: null, accessMethod: 'key' }],
    passkey: body.passkey,
  });
  const told = recorded.get(lock.id);
  if (told === undefined) throw new Error('no event was recorded');
  const event = { type: told.event.type, data: told.event.data as unknown as Record<string, unknown> };
  return { ...envelope(lock.id, told.version, event), tempKeyUuid, url };
}
