import { randomUUID } from 'node:crypto';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { createTempKeys as operation } from '../../contracts/temp-keys';
import { always } from '../../domain/access/window';
import { changeWindow } from '../../domain/access/wire-window';
import { zoneOf } from '../../domain/access/zone';
import { invalidField } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import type { HomeRow } from '../homes/view';
import { loadLock } from '../locks/load-lock';
import { makeLink } from './make-link';
import { toTempKey } from './view';

/**
 * POST /temp-keys (lock-api 7): a link to one or several doors of a home. Token and PIN are in this answer and nowhere
 * else.
 */
export async function createLink(
  deps: Deps,
  caller: Caller,
  { body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const now = deps.clock.now();
  let home: HomeRow | undefined;
  const seen = new Set<number>();
  for (const [place, { lockId }] of body.doors.entries()) {
    if (seen.has(lockId)) throw invalidField(`doors.${place}.lockId`, 'is named twice');
    seen.add(lockId);
    const loaded = await loadLock(deps.db, caller.principal, lockId, now);
    authorise('tempKeys.create', caller.principal, loaded.facts);
    home ??= loaded.home;
  }
  const { link, doors, url, pin } = await makeLink(deps, caller, {
    uuid: randomUUID(),
    accessMode: 'public',
    allowedUserIds: null,
    window: changeWindow(always, body),
    maxUses: body.maxUses ?? null,
    label: body.label ?? null,
    description: body.description ?? null,
    doors: body.doors.map(({ lockId, label, accessMethod }) => ({
      lockId,
      label: label ?? null,
      accessMethod: accessMethod ?? 'key',
    })),
    passkey: body.passkey,
  });
  return { success: true, ...toTempKey(link, doors, now, zoneOf(home?.timezone).zone), url, pin };
}
