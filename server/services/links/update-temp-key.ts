import { eq } from 'drizzle-orm';
import { guestLinks } from '@/drizzle/schema';
import { envelope } from '../../contracts/envelope';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { updateTempKey as operation } from '../../contracts/temp-keys';
import { changeWindow } from '../../domain/access/wire-window';
import { Failure, missingField } from '../../domain/errors';
import { decideUpdate, type TempKeyEvent } from '../../domain/lock/temp-key';
import { authorise } from '../../domain/permissions';
import { identityOf } from '../../domain/principal';
import { recordAccess } from '../access/record-access';
import type { Caller, Deps } from '../deps';
import { loadLock } from '../locks/load-lock';
import { withProof } from '../passkeys/prove-opening';
import { appendToLock } from './append-to-lock';
import { holdLink } from './hold-link';
import { proveLink } from './prove-link';
import type { LinkRow } from './view';

type Body = InputOf<typeof operation>['body'];

function changesOf(link: LinkRow, body: Body) {
  const accessMode = body.accessMode ?? link.accessMode;
  const allowedUserIds = body.allowedUserIds === undefined ? link.allowedUserIds : body.allowedUserIds;
  if (accessMode === 'user-whitelist' && allowedUserIds === null) throw missingField('allowedUserIds');
  const { validFrom, validUntil, weekdays, fromMinute, untilMinute } = changeWindow(link, body);
  return {
    accessMode,
    allowedUserIds,
    validFrom,
    validUntil,
    weekdays,
    fromMinute,
    untilMinute,
    maxUses: body.maxUses === undefined ? link.maxUses : body.maxUses,
    description: body.description === undefined ? link.description : body.description,
    label: body.label === undefined ? link.label : body.label,
  };
}

/** Whom a link opens for and when, to compare; what it is called is no part of it. */
const accessOf = (link: Omit<ReturnType<typeof changesOf>, 'label' | 'description'>): string =>
  JSON.stringify([
    link.accessMode,
    link.allowedUserIds,
    link.validFrom,
    link.validUntil,
    link.weekdays,
    link.fromMinute,
    link.untilMinute,
    link.maxUses,
  ]);

async function change(
  deps: Deps,
  caller: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { principal } = caller;
  const tempKeyUuid = body.tempKeyUuid.toLowerCase();
  const { lock, facts } = await loadLock(deps.db, principal, params.id, deps.clock.now());
  authorise('locks.updateTempKey', principal, facts);
  const { version, event, line } = await deps.db.transaction(async (tx) => {
    const now = deps.clock.now();
    const held = await holdLink(tx, tempKeyUuid);
    const own = held?.doors.find((door) => door.lock.id === lock?.id);
    if (held === undefined || own === undefined || held.link.revokedAt !== null)
      throw new Failure('not_found');
    const { link, doors } = held;
    const changes = changesOf(link, body);
    const hasOwnChanges =
      changes.weekdays !== link.weekdays ||
      changes.fromMinute !== link.fromMinute ||
      changes.untilMinute !== link.untilMinute ||
      changes.label !== link.label;
    let told: { version: number; event: TempKeyEvent | null } = { version: own.lock.version, event: null };
    for (const { lock: door } of doors) {
      const place = { lockId: door.id, uuid: door.uuid, tempKeyUuid, at: now };
      const events = decideUpdate({ known: true }, place, link, changes, hasOwnChanges);
      const next = await appendToLock(tx, door, events, now, identityOf(principal));
      if (door.id === own.lock.id) told = { version: next, event: events[0] ?? null };
    }
    if (told.event === null) return { ...told, line: undefined };
    if (accessOf(changes) !== accessOf(link)) {
      const inOrder = doors.map((door) => door.lock);
      await proveLink(deps, tx, caller, inOrder, body.passkey);
    }
    await tx.update(guestLinks).set(changes).where(eq(guestLinks.uuid, tempKeyUuid));
    const lockIds = doors.map((door) => door.lock.id);
    const access = { kind: 'link', action: 'changed', id: tempKeyUuid, lockIds } as const;
    return { ...told, line: await recordAccess(tx, link.homeId, access) };
  });
  deps.bus.announce([line]);
  const told =
    event === null ? null : { type: event.type, data: event.data as unknown as Record<string, unknown> };
  return { ...envelope(params.id, version, told), tempKeyUuid };
}

/**
 * POST /locks/{id}/update-temp-key (lock-api 7): the link changes at all of its doors. A revoked one is none. A browser that
 * changes whom it opens for or when proves a passkey where one of the doors may ask for it; without it `forbidden`.
 */
export const updateTempKey: typeof change = (deps, caller, input) =>
  withProof(deps, caller, { purpose: 'link', answer: input.body.passkey }, () => change(deps, caller, input));
