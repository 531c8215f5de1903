import { Failure, invalidField } from '../errors';
import type {
  LockEvent,
  LockGesture,
  LockKey,
  LockLabel,
  LockNight,
  LockOwnEvent,
  LockState,
} from './aggregate';
import { isStricter } from './strictness';

/** What a lock can be told. The services have found out before whether the people and homes that are named exist. */
export type LockCommand =
  | {
      type: 'Create';
      lockId: number;
      uuid: string;
      name: string;
      serialNumber?: string | undefined;
      vendorName?: string | undefined;
      orgId?: string | undefined;
      homeId?: number | undefined;
      ownerId?: string | undefined;
      keys?: readonly LockKey[] | undefined;
    }
  | { type: 'SetOwner'; userId: string }
  /** A claim takes a lock of no organisation and no other. */
  | { type: 'SetOrganization'; orgId: string; isClaim: boolean }
  | { type: 'ChangeUuid'; newUuid: string }
  | { type: 'AddKey'; key: LockKey }
  | { type: 'RemoveKey'; keyUuid?: string | undefined; keyIndexNumber?: number | undefined }
  | { type: 'WriteKey'; keyUuid: string; keyIndexNumber?: number | undefined }
  | { type: 'AddResident'; userId: string; name: string; field: string }
  | { type: 'RemoveResident'; userId: string }
  | { type: 'Assign'; homeId: number | undefined }
  | {
      type: 'Change';
      name?: string | undefined;
      gesture?: LockGesture | undefined;
      /** Null: the gesture is the same all day. */
      night?: LockNight | null | undefined;
      /** Null: the gesture is the same from everywhere. */
      remote?: LockGesture | null | undefined;
    }
  | { type: 'Remove' };

const conflict = (field: string, message: string) =>
  new Failure('conflict', { message: `${field}: ${message}`, issues: [{ field, message }] });

/** The members that are there: an event holds nothing that was not said. */
function defined<Data extends object>(data: Data): { [Key in keyof Data]: Exclude<Data[Key], undefined> } {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Data]: Exclude<Data[Key], undefined>;
  };
}

/** Two keys of one list with the same name or place. Raises `invalid`. */
function checkKeys(keys: readonly LockKey[]): void {
  const seen = new Set<string>();
  for (const [at, { uuid, indexNumber }] of keys.entries()) {
    if (seen.has(uuid)) throw invalidField(`keys.${at}.uuid`, 'is there twice');
    if (indexNumber !== undefined && seen.has(`#${indexNumber}`))
      throw invalidField(`keys.${at}.indexNumber`, 'is there twice');
    seen.add(uuid).add(`#${indexNumber ?? uuid}`);
  }
}

/** Raises `conflict` when the lock has such a key, or another one at its place. */
export function checkFree(state: LockState, key: LockKey): void {
  if (state.keys.some(({ uuid }) => uuid === key.uuid)) throw conflict('keyUuid', 'is a key of this lock');
  if (key.indexNumber !== undefined && state.keys.some(({ indexNumber }) => indexNumber === key.indexNumber))
    throw conflict('keyIndexNumber', 'is taken');
}

/** The key that a command names, by uuid, by place, or by both. Raises `invalid` when it names none, `not_found`. */
export function findKey(
  state: LockState,
  named: { keyUuid?: string | undefined; keyIndexNumber?: number | undefined },
): LockKey {
  const { keyUuid, keyIndexNumber } = named;
  if (keyUuid === undefined && keyIndexNumber === undefined) {
    const issues = ['keyUuid', 'keyIndexNumber'].map((field) => ({
      field,
      message: 'one of keyUuid and keyIndexNumber is required',
    }));
    throw new Failure('invalid', { reason: 'MISSING_PARAMETERS', issues });
  }
  const found = state.keys.find(
    ({ uuid, indexNumber }) =>
      (keyUuid === undefined || uuid === keyUuid) &&
      (keyIndexNumber === undefined || indexNumber === keyIndexNumber),
  );
  if (found === undefined) throw new Failure('not_found');
  return found;
}

/** A night that is no stricter than the day, or that has no length. Raises `invalid`. */
function checkNight(night: LockNight | null, gesture: LockGesture): void {
  if (night === null) return;
  if (!isStricter(night.gesture, gesture))
    throw invalidField('night', 'must ask for a stricter gesture than by day');
  if (night.fromMinute === night.untilMinute) throw invalidField('night', 'must not end when it begins');
}

/** A gesture of whoever is away that is no stricter than the ordinary one. Raises `invalid`. */
function checkRemote(remote: LockGesture | null, gesture: LockGesture): void {
  if (remote !== null && !isStricter(remote, gesture))
    throw invalidField('remote', 'must ask for a stricter gesture than at home');
}

const isSameNight = (one: LockNight | null, other: LockNight | null): boolean =>
  one === other ||
  (one !== null &&
    other !== null &&
    one.gesture === other.gesture &&
    one.fromMinute === other.fromMinute &&
    one.untilMinute === other.untilMinute);

function decideOn(state: LockState, label: LockLabel, command: LockCommand): LockOwnEvent[] {
  switch (command.type) {
    case 'Create':
      throw new Failure('conflict', { message: 'There is such a lock.' });
    case 'SetOwner':
      return state.ownerId === command.userId
        ? []
        : [{ type: 'OwnerSet', data: { ...label, userId: command.userId } }];
    case 'SetOrganization':
      if (command.isClaim && state.orgId !== undefined && state.orgId !== command.orgId)
        throw new Failure('not_found');
      return state.orgId === command.orgId
        ? []
        : [{ type: 'OrganizationSet', data: { ...label, orgId: command.orgId } }];
    case 'ChangeUuid':
      if (state.uuid === command.newUuid) throw conflict('newUuid', 'is the uuid that the lock has');
      return [{ type: 'LockUuidChanged', data: { ...label, newUuid: command.newUuid } }];
    case 'AddKey': {
      checkFree(state, command.key);
      const { uuid, indexNumber, userId } = command.key;
      const data = defined({ ...label, keyUuid: uuid, keyIndexNumber: indexNumber, userId });
      return [{ type: 'KeyAdded', data }];
    }
    case 'RemoveKey': {
      const { uuid, indexNumber } = findKey(state, command);
      return [
        { type: 'KeyRemoved', data: defined({ ...label, keyUuid: uuid, keyIndexNumber: indexNumber }) },
      ];
    }
    case 'WriteKey': {
      const { keyUuid, keyIndexNumber } = command;
      return [{ type: 'KeyWriteRequested', data: defined({ ...label, keyUuid, keyIndexNumber }) }];
    }
    case 'AddResident': {
      const { userId, name, field } = command;
      if (state.residents.some((resident) => resident.userId === userId))
        throw invalidField(field, 'is a resident of this lock');
      return [{ type: 'ResidentAdded', data: { ...label, userId, name } }];
    }
    case 'RemoveResident':
      if (!state.residents.some(({ userId }) => userId === command.userId)) throw new Failure('not_found');
      return [{ type: 'ResidentRemoved', data: { ...label, userId: command.userId } }];
    case 'Assign':
      return state.homeId === command.homeId
        ? []
        : [{ type: 'LockAssigned', data: { ...label, homeId: command.homeId ?? null } }];
    case 'Change': {
      const { name = state.name, gesture = state.gesture } = command;
      const { night = state.night, remote = state.remote } = command;
      checkNight(night, gesture);
      checkRemote(remote, gesture);
      return [
        ...(name === state.name ? [] : [{ type: 'LockRenamed' as const, data: { ...label, name } }]),
        ...(gesture === state.gesture ? [] : [{ type: 'GestureSet' as const, data: { ...label, gesture } }]),
        ...(isSameNight(night, state.night)
          ? []
          : [{ type: 'NightGestureSet' as const, data: { ...label, night } }]),
        ...(remote === state.remote
          ? []
          : [{ type: 'RemoteGestureSet' as const, data: { ...label, gesture: remote } }]),
      ];
    }
    case 'Remove':
      return [{ type: 'LockRemoved', data: label }];
  }
}

/**
 * What a command brings about; empty when there is nothing to do (lock-api 8). Raises `not_found` where there is no
 * such lock (any more), `conflict` and `invalid` as each command says.
 */
export function decideLock(state: LockState, command: LockCommand, at: Date): LockEvent[] {
  const timestamp = at.toISOString();
  if (command.type === 'Create' && state.life === 'none') {
    const { type: _type, lockId, uuid, keys, ...rest } = command;
    checkKeys(keys ?? []);
    const data = defined({
      lockId,
      uuid,
      timestamp,
      ...rest,
      keys: keys === undefined || keys.length === 0 ? undefined : keys.map((key) => defined(key)),
    });
    return [{ type: 'LockCreated', data }];
  }
  if (state.life !== 'present') throw new Failure('not_found');
  return decideOn(state, { lockId: state.lockId, uuid: state.uuid, timestamp }, command);
}
