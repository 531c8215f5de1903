import { randomUUID } from 'node:crypto';
import { guestLinkDoors, guestLinks } from '@/drizzle/schema';
import type { AuthenticationAnswer } from '../../contracts/webauthn';
import { isDuplicate } from '../../db/errors';
import type { Window } from '../../domain/access/window';
import { Failure, invalidField } from '../../domain/errors';
import { decideCreate, type TempKeyEvent } from '../../domain/lock/temp-key';
import { identityOf } from '../../domain/principal';
import { recordAccess } from '../access/record-access';
import type { Caller, Deps } from '../deps';
import { withProof } from '../passkeys/prove-opening';
import { hashToken, randomKey } from '../secrets';
import { appendToLock } from './append-to-lock';
import { holdLocks } from './hold-link';
import { issuePin } from './pins';
import { proveLink } from './prove-link';
import { requireLinkRoom } from './require-link-room';
import type { LinkDoorNamed, LinkRow } from './view';

export interface WantedLink {
  uuid: string;
  accessMode: 'public' | 'user-whitelist';
  allowedUserIds: string[] | null;
  window: Window;
  maxUses: number | null;
  label: string | null;
  description: string | null;
  /** Locks of one home, or of none, in the order in which the guest sees them. */
  doors: readonly { lockId: number; label: string | null; accessMethod: 'key' | 'code' | 'both' }[];
  /** What the maker proved; browsers alone are asked, where a door may ask for a passkey. */
  passkey?: AuthenticationAnswer | undefined;
}

export interface MadeLink {
  link: LinkRow;
  doors: LinkDoorNamed[];
  /** Holds the token, which is stored nowhere. */
  url: string;
  pin: string | null;
  /** What was recorded at each lock, by its id. */
  recorded: Map<number, { version: number; event: TempKeyEvent }>;
}

/** Where a guest goes: the operator's public address, else the one under which the caller reached us. */
const urlOf = (deps: Deps, caller: Caller, token: string): string =>
  `${deps.publicUrl ?? caller.origin ?? deps.messaging.origin}/k/${token}`;

async function make(deps: Deps, caller: Caller, wanted: WantedLink): Promise<MadeLink> {
  const now = deps.clock.now();
  const by = identityOf(caller.principal);
  const token = randomKey();
  try {
    const made = await deps.db.transaction(async (tx) => {
      const held = await holdLocks(
        tx,
        wanted.doors.map(({ lockId }) => lockId),
      );
      const [first] = wanted.doors;
      const home = first === undefined ? undefined : held.get(first.lockId);
      wanted.doors.forEach(({ lockId }, place) => {
        const lock = held.get(lockId);
        if (lock === undefined) throw new Failure('not_found');
        if (lock.homeId !== home?.homeId || lock.projectId !== home?.projectId)
          throw invalidField(`doors.${place}.lockId`, 'is a door of another home than the first');
      });
      if (home === undefined) throw new Failure('not_found');
      if (home.projectId === null)
        throw new Failure('conflict', { message: 'The lock belongs to no organisation yet' });
      const inOrder = wanted.doors.flatMap(({ lockId }) => held.get(lockId) ?? []);
      await proveLink(deps, tx, caller, inOrder, wanted.passkey);
      await requireLinkRoom(tx, home.projectId, [...held.keys()], now);
      const link: LinkRow = {
        uuid: wanted.uuid,
        projectId: home.projectId,
        homeId: home.homeId,
        tokenHash: hashToken(token),
        accessMode: wanted.accessMode,
        allowedUserIds: wanted.allowedUserIds,
        label: wanted.label,
        description: wanted.description,
        ...wanted.window,
        maxUses: wanted.maxUses,
        usedCount: 0,
        lastUsedAt: null,
        createdByKind: by.kind,
        createdById: by.id,
        createdByName: by.name,
        createdAt: now,
        revokedAt: null,
      };
      await tx.insert(guestLinks).values(link);
      const doors = wanted.doors.map((door, place) => ({
        ...door,
        id: randomUUID(),
        linkUuid: link.uuid,
        place,
      }));
      await tx.insert(guestLinkDoors).values(doors);
      const withCode = doors.filter(({ accessMethod }) => accessMethod !== 'key');
      const pin =
        withCode.length === 0
          ? null
          : await issuePin(
              tx,
              deps.secrets,
              link.uuid,
              withCode.map(({ lockId }) => lockId),
            );
      const recorded: MadeLink['recorded'] = new Map();
      for (const lock of held.values()) {
        const place = { lockId: lock.id, uuid: lock.uuid, tempKeyUuid: link.uuid, at: now };
        const events = decideCreate({ known: false }, place, link);
        const version = await appendToLock(tx, lock, events, now, by);
        if (events[0] !== undefined) recorded.set(lock.id, { version, event: events[0] });
      }
      const lockIds = [...held.keys()];
      const line = await recordAccess(tx, link.homeId, {
        kind: 'link',
        action: 'created',
        id: link.uuid,
        lockIds,
      });
      const named = doors.map((door) => ({ ...door, name: held.get(door.lockId)?.name ?? '' }));
      return { link, doors: named, pin, recorded, line };
    });
    deps.bus.announce([made.line]);
    return { ...made, url: urlOf(deps, caller, token) };
  } catch (error) {
    if (isDuplicate(error, 'guest_links_pkey'))
      throw new Failure('conflict', { message: 'tempKeyUuid is taken' });
    throw error;
  }
}

/**
 * Makes a guest link, its PIN if a door asks for one, and the TempKeyCreated of every door, in one transaction. The
 * caller is authorised for each door already. Raises `invalid` for locks that do not belong together, `conflict` when
 * the name is taken, `forbidden` for a passkey that a browser must prove and has not.
 */
export const makeLink: typeof make = (deps, caller, wanted) =>
  withProof(deps, caller, { purpose: 'link', answer: wanted.passkey }, () => make(deps, caller, wanted));
