/** The lock aggregate: its events and the state they fold to. The life of a single opening is an aggregate of its own. */

/** In the data of every lock event (lock-api 7): id, uuid, and the moment as ISO text. */
export type LockLabel = {
  lockId: number;
  uuid: string;
  timestamp: string;
};

/** A key of a lock, as `details` lists it and `CreateLock` takes it. `userId` is the decimal id as text. */
export type LockKey = { uuid: string; indexNumber?: number; userId?: string };

type KeyLabel = LockLabel & { keyUuid: string; keyIndexNumber?: number };

export type LockGesture = 'tap' | 'hold' | 'hold-passkey';
/** A stricter gesture between two minutes after midnight in the home's time zone. */
export type LockNight = { gesture: LockGesture; fromMinute: number; untilMinute: number };

type Event<Type extends string, Data> = { type: Type; data: Data };
export type LockOpenRequested = Event<
  'LockOpenRequested',
  LockLabel & { reason?: string; requestId?: string }
>;
export type LockCreated = Event<
  'LockCreated',
  LockLabel & {
    name: string;
    serialNumber?: string;
    vendorName?: string;
    orgId?: string;
    homeId?: number;
    ownerId?: string;
    keys?: LockKey[];
  }
>;
export type OwnerSet = Event<'OwnerSet', LockLabel & { userId: string }>;
export type OrganizationSet = Event<'OrganizationSet', LockLabel & { orgId: string }>;
/** `uuid` is the one that the lock had. */
export type LockUuidChanged = Event<'LockUuidChanged', LockLabel & { newUuid: string }>;
export type KeyAdded = Event<'KeyAdded', KeyLabel & { userId?: string }>;
export type KeyRemoved = Event<'KeyRemoved', KeyLabel>;
export type KeyWriteRequested = Event<'KeyWriteRequested', KeyLabel>;
export type ResidentAdded = Event<'ResidentAdded', LockLabel & { userId: string; name: string }>;
export type ResidentRemoved = Event<'ResidentRemoved', LockLabel & { userId: string }>;
/** Ours: put into a home, or out of every home. */
export type LockAssigned = Event<'LockAssigned', LockLabel & { homeId: number | null }>;
/** Ours. */
export type LockRenamed = Event<'LockRenamed', LockLabel & { name: string }>;
/** Ours: what a person must do before the door is asked to open. */
export type GestureSet = Event<'GestureSet', LockLabel & { gesture: LockGesture }>;
/** Ours: null, the gesture is the same all day. */
export type NightGestureSet = Event<'NightGestureSet', LockLabel & { night: LockNight | null }>;
/** Ours: for whoever is not known to be at home; null, the gesture is the same from everywhere. */
export type RemoteGestureSet = Event<'RemoteGestureSet', LockLabel & { gesture: LockGesture | null }>;
/** Ours: the last event of a lock. */
export type LockRemoved = Event<'LockRemoved', LockLabel>;

/** What the lock itself decides. */
export type LockOwnEvent =
  | LockCreated
  | OwnerSet
  | OrganizationSet
  | LockUuidChanged
  | KeyAdded
  | KeyRemoved
  | KeyWriteRequested
  | ResidentAdded
  | ResidentRemoved
  | LockOpenRequested
  | LockAssigned
  | LockRenamed
  | GestureSet
  | NightGestureSet
  | RemoteGestureSet
  | LockRemoved;
/** Temporary keys stand in the lock's history and change nothing of its own state. */
export type TempKeyEvent = Event<`TempKey${string}`, object>;
export type LockEvent = LockOwnEvent | TempKeyEvent;

export interface LockState {
  version: number;
  /** Whether there is such a lock: not yet, now, or no more. */
  life: 'none' | 'present' | 'removed';
  lockId: number;
  uuid: string;
  name: string;
  gesture: LockGesture;
  night: LockNight | null;
  /** The stricter gesture of whoever is not known to be at home. */
  remote: LockGesture | null;
  serialNumber: string | undefined;
  vendorName: string | undefined;
  /** Uuid of the project that owns it; undefined: fresh from the factory. */
  orgId: string | undefined;
  homeId: number | undefined;
  /** Set by name; undefined: the owner of its home owns it. */
  ownerId: string | undefined;
  keys: readonly LockKey[];
  residents: readonly { userId: string; name: string }[];
}

export const initialLock: LockState = {
  version: 0,
  life: 'none',
  lockId: 0,
  uuid: '',
  name: '',
  gesture: 'hold',
  night: null,
  remote: null,
  serialNumber: undefined,
  vendorName: undefined,
  orgId: undefined,
  homeId: undefined,
  ownerId: undefined,
  keys: [],
  residents: [],
};

const isTempKey = (event: LockEvent): event is TempKeyEvent => event.type.startsWith('TempKey');

/** Everything that a lock's home gave it ends with that home. */
const withoutHome = { homeId: undefined, ownerId: undefined } as const;

function change(state: LockState, event: LockOwnEvent): Partial<LockState> {
  switch (event.type) {
    case 'LockCreated': {
      const { lockId, uuid, name, serialNumber, vendorName, orgId, homeId, ownerId, keys = [] } = event.data;
      return {
        life: 'present',
        ...{ lockId, uuid, name, serialNumber, vendorName, orgId, homeId, ownerId, keys },
      };
    }
    case 'OwnerSet':
      return { ownerId: event.data.userId };
    case 'OrganizationSet':
      // Nobody of the former organisation keeps a right; keys stay in the lock, but are nobody's.
      return {
        ...withoutHome,
        orgId: event.data.orgId,
        residents: [],
        keys: state.keys.map(({ userId: _former, ...key }) => key),
      };
    case 'LockUuidChanged':
      return { uuid: event.data.newUuid };
    case 'KeyAdded': {
      const { keyUuid, keyIndexNumber, userId } = event.data;
      const key: LockKey = {
        uuid: keyUuid,
        ...(keyIndexNumber === undefined ? {} : { indexNumber: keyIndexNumber }),
        ...(userId === undefined ? {} : { userId }),
      };
      return { keys: [...state.keys, key] };
    }
    case 'KeyRemoved':
      return { keys: state.keys.filter(({ uuid }) => uuid !== event.data.keyUuid) };
    case 'ResidentAdded': {
      const { userId, name } = event.data;
      return { residents: [...state.residents, { userId, name }] };
    }
    case 'ResidentRemoved':
      return { residents: state.residents.filter(({ userId }) => userId !== event.data.userId) };
    case 'LockAssigned':
      return { ...withoutHome, homeId: event.data.homeId ?? undefined };
    case 'LockRenamed':
      return { name: event.data.name };
    case 'GestureSet':
      return { gesture: event.data.gesture };
    case 'NightGestureSet':
      return { night: event.data.night };
    case 'RemoteGestureSet':
      return { remote: event.data.gesture };
    case 'LockRemoved':
      return { ...withoutHome, life: 'removed', keys: [], residents: [] };
    case 'KeyWriteRequested':
    case 'LockOpenRequested':
      return {};
  }
}

/** The state after one more event. */
export const evolveLock = (state: LockState, event: LockEvent): LockState => ({
  ...state,
  ...(isTempKey(event) ? {} : change(state, event)),
  version: state.version + 1,
});

export interface RequestOpen {
  type: 'RequestOpen';
  lockId: number;
  uuid: string;
  at: Date;
  reason?: string | undefined;
  requestId?: string | undefined;
}

/** lock-api 5: `reason` and `requestId` only when they were sent, and nothing else. */
export function decideOpen(_state: { version: number }, command: RequestOpen): LockOpenRequested[] {
  return [
    {
      type: 'LockOpenRequested',
      data: {
        lockId: command.lockId,
        uuid: command.uuid,
        timestamp: command.at.toISOString(),
        ...(command.reason === undefined ? {} : { reason: command.reason }),
        ...(command.requestId === undefined ? {} : { requestId: command.requestId }),
      },
    },
  ];
}
