import { Failure, invalidField } from '../../domain/errors';
import type { Caller, Deps } from '../deps';
import { openLock } from '../locks/open-lock';
import { causeOfReason, notingRefusals } from '../refusals/note-refusal';
import { recordRefusal } from '../refusals/record-refusal';
import { forgiveTry, pinLinkOf } from './check-pin';
import type { Visit, VisitDoor } from './find-visit';
import { linkName } from './view';

/** The door that a guest means; a link of one door needs no name for it. Raises `invalid`. */
export function doorOf(visit: Visit, doorId: string | undefined): VisitDoor {
  const [first, ...others] = visit.doors;
  const found =
    doorId === undefined && others.length === 0 ? first : visit.doors.find(({ id }) => id === doorId);
  if (found === undefined) throw invalidField('door', 'is no door of this link');
  return found;
}

/** Who the guest is in the record of the opening. */
const guestOf = (visit: Visit, userName: string | undefined) => ({
  kind: 'guestLink' as const,
  linkId: visit.link.uuid,
  name: userName === undefined ? linkName(visit.link) : `${linkName(visit.link)} (${userName})`,
});

/**
 * Opens a door by a guest link (model 2, lock-api 7): the same opening as everybody's, in the name of the link. A door
 * that asks for a code takes its PIN too. Raises `forbidden` for people who are not on the whitelist, `invalid` when the
 * link is not good now, and what an opening raises.
 */
export async function openByLink(
  deps: Deps,
  caller: Pick<Caller, 'principal' | 'address' | 'askedAt' | 'language'>,
  visit: Visit,
  asked: { doorId?: string | undefined; requestId?: string | undefined; pin?: string | undefined },
): Promise<{ door: VisitDoor; offline: boolean }> {
  const { access } = visit;
  const userName = caller.principal.kind === 'user' ? caller.principal.name : undefined;
  const guest = { principal: guestOf(visit, userName), via: 'link' as const, address: caller.address };
  if (!access.allowed && access.reason !== 'used-up') {
    const door = visit.doors.find(({ id }) => id === asked.doorId) ?? visit.doors[0];
    if (door !== undefined)
      recordRefusal(deps, {
        ...guest,
        lockId: door.lock.id,
        cause: causeOfReason(access.reason),
        requestId: asked.requestId,
      });
  }
  if (!access.allowed && (access.reason === 'sign-in' || access.reason === 'not-invited'))
    throw new Failure('forbidden');
  // A used-up link may still repeat its last request; whether a use is left is decided where the intent is placed.
  if (!access.allowed && access.reason !== 'used-up')
    throw invalidField('uuid', `this key is ${access.reason}`);
  const door = doorOf(visit, asked.doorId);
  const needsPin = door.accessMethod === 'code';
  if (needsPin) {
    const lockId = door.lock.id;
    const found = await notingRefusals(deps, { ...guest, via: 'pin' }, { lockId }, () =>
      pinLinkOf(deps, lockId, asked.pin ?? ''),
    );
    if (found?.uuid !== visit.link.uuid) {
      recordRefusal(deps, { ...guest, via: 'pin', lockId, cause: 'wrong-pin', requestId: asked.requestId });
      throw new Failure('invalid_pin');
    }
  }
  await openLock(
    deps,
    {
      principal: guest.principal,
      via: needsPin ? 'pin' : 'link',
      address: caller.address,
      askedAt: caller.askedAt,
      language: caller.language,
    },
    {
      params: { id: door.lock.id },
      query: undefined,
      body: { requestId: asked.requestId, reason: undefined, passkey: undefined },
    },
  );
  if (needsPin) await forgiveTry(deps, door.lock.id);
  return { door, offline: door.lock.reachable !== true };
}
