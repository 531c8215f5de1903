import { Bytes, type ClientNode, type Endpoint } from '@matter/main';
import { DoorLockClient } from '@matter/main/behaviors/door-lock';
import { OperationalCredentialsClient } from '@matter/main/behaviors/operational-credentials';
import { TimeSynchronizationClient } from '@matter/main/behaviors/time-synchronization';
import { DoorLock } from '@matter/main/clusters/door-lock';
import { TimeSynchronization } from '@matter/main/clusters/time-synchronization';
import { Invoke } from '@matter/main/protocol';
import { EndpointNumber } from '@matter/main/types';
import { type LockHours, type LockUsers, MatterFailure, type PinLimits } from './face';
import { invokeOne } from './invoke';
import { weekDayFields, yearDayFields, zoneFields } from './lock-time';
import { usersRefusal } from './name-error';

const { CredentialRule, CredentialType, DataOperationType, UserStatus, UserType } = DoorLock;
const { Granularity, TimeSource } = TimeSynchronization;

const userTypes: Record<LockHours['kind'], DoorLock.UserType> = {
  between: UserType.YearDayScheduleUser,
  weekly: UserType.WeekDayScheduleUser,
};
const typeOf = (hours: LockHours['kind'] | null): DoorLock.UserType =>
  hours === null ? UserType.UnrestrictedUser : userTypes[hours];
const rootEndpoint = EndpointNumber(0);
/** Every user has one schedule of each kind at most. */
const scheduleIndex = 1;
/** Matter's own beginning of time, as the library counts it. */
const matterEpochUs = 946_684_800_000_000;
const microseconds = (ms: number): number => Math.max(matterEpochUs, Math.round(ms * 1000));

/** A global attribute, which the types of a cluster's state leave out. */
export const featuresOf = (state: object | undefined): Readonly<Record<string, boolean | undefined>> =>
  (state as { featureMap?: Record<string, boolean> } | undefined)?.featureMap ?? {};

interface LockCapacity {
  readonly numberOfTotalUsersSupported?: number;
  readonly numberOfPinUsersSupported?: number;
  readonly minPinCodeLength?: number;
  readonly maxPinCodeLength?: number;
  readonly requirePinForRemoteOperation?: boolean;
}

const mostOf = (state: LockCapacity | undefined) => ({
  users: state?.numberOfTotalUsersSupported ?? 0,
  pins: state?.numberOfPinUsersSupported ?? 0,
});

/** What a lock takes for PINs; undefined: none that can be managed by users. */
export function pinLimitsOf(state: LockCapacity | undefined): PinLimits | undefined {
  const { pinCredential, user } = featuresOf(state);
  if (state === undefined || pinCredential !== true || user !== true) return undefined;
  const { users, pins } = mostOf(state);
  // One of them is the hub's own where remote operations need a PIN.
  const own = state.requirePinForRemoteOperation === true ? 1 : 0;
  return {
    slots: Math.max(0, Math.min(users, pins) - own),
    minLength: state.minPinCodeLength ?? 4,
    maxLength: state.maxPinCodeLength ?? 8,
  };
}

/** The users of a lock endpoint. */
export function lockUsers(node: ClientNode, endpoint: Endpoint): LockUsers {
  const state = () => endpoint.maybeStateOf(DoorLockClient);
  const place = { endpoint: endpoint.number, cluster: DoorLock };
  const ask = (command: Invoke.CommandRequest, withinMs: number) =>
    invokeOne(node, command, { withinMs, refusal: usersRefusal });
  const refused = () => new MatterFailure('LOCK_REFUSED');
  const tellClock = (command: Invoke.CommandRequest, withinMs: number) =>
    invokeOne(node, command, { withinMs, refusal: refused });
  const command = Invoke.ConcreteCommandRequest<typeof DoorLock>;
  const clockCommand = Invoke.ConcreteCommandRequest<typeof TimeSynchronization>;
  const pinAt = (credentialIndex: number): DoorLock.Credential => ({
    credentialType: CredentialType.Pin,
    credentialIndex,
  });

  return {
    get most() {
      return mostOf(state());
    },
    async read(slot, withinMs) {
      const fields = { userIndex: slot };
      const told = (await ask(command({ ...place, command: 'getUser', fields }), withinMs)) as
        | DoorLock.GetUserResponse
        | undefined;
      if (told === undefined) throw refused();
      const ours = node.maybeStateOf(OperationalCredentialsClient)?.currentFabricIndex;
      const isThere = told.userStatus !== null && told.userStatus !== UserStatus.Available;
      return {
        ...(told.nextUserIndex === null ? {} : { next: told.nextUserIndex }),
        ...(isThere
          ? {
              user: {
                slot,
                name: told.userName ?? '',
                isOurs: ours !== undefined && told.creatorFabricIndex === ours,
                pins: (told.credentials ?? [])
                  .filter(({ credentialType }) => credentialType === CredentialType.Pin)
                  .map(({ credentialIndex }) => credentialIndex),
              },
            }
          : {}),
      };
    },
    async isPinFree(index, withinMs) {
      const fields = { credential: pinAt(index) };
      const told = (await ask(command({ ...place, command: 'getCredentialStatus', fields }), withinMs)) as
        | DoorLock.GetCredentialStatusResponse
        | undefined;
      return told?.credentialExists === false;
    },
    async add(slot, { name, hours }, withinMs) {
      const fields: DoorLock.SetUserRequest = {
        operationType: DataOperationType.Add,
        userIndex: slot,
        userName: name,
        userUniqueId: null,
        userStatus: UserStatus.OccupiedEnabled,
        userType: typeOf(hours),
        credentialRule: CredentialRule.Single,
      };
      await ask(command({ ...place, command: 'setUser', fields }), withinMs);
    },
    async change(slot, { name, hours }, withinMs) {
      const fields: DoorLock.SetUserRequest = {
        operationType: DataOperationType.Modify,
        userIndex: slot,
        userName: name ?? null,
        userUniqueId: null,
        userStatus: null,
        userType: typeOf(hours),
        credentialRule: null,
      };
      await ask(command({ ...place, command: 'setUser', fields }), withinMs);
    },
    async setHours(slot, hours, withinMs) {
      const request =
        hours.kind === 'weekly'
          ? command({
              ...place,
              command: 'setWeekDaySchedule',
              fields: { weekDayIndex: scheduleIndex, userIndex: slot, ...weekDayFields(hours) },
            })
          : command({
              ...place,
              command: 'setYearDaySchedule',
              fields: { yearDayIndex: scheduleIndex, userIndex: slot, ...yearDayFields(hours) },
            });
      await ask(request, withinMs);
    },
    async setPin(slot, { index, digits, isNew }, withinMs) {
      const fields: DoorLock.SetCredentialRequest = {
        operationType: isNew ? DataOperationType.Add : DataOperationType.Modify,
        credential: pinAt(index),
        credentialData: Bytes.fromString(digits),
        userIndex: slot,
        // Those of the user stay.
        userStatus: null,
        userType: null,
      };
      const told = (await ask(command({ ...place, command: 'setCredential', fields }), withinMs)) as
        | DoorLock.SetCredentialResponse
        | undefined;
      if (told === undefined) throw refused();
      if (told.status !== 0) throw usersRefusal(told.status);
    },
    async clear(slot, withinMs) {
      await ask(command({ ...place, command: 'clearUser', fields: { userIndex: slot } }), withinMs);
    },
    async setClock({ at, zone }, withinMs) {
      const clock = node.maybeStateOf(TimeSynchronizationClient);
      if (clock === undefined || featuresOf(clock).timeZone !== true) return;
      const root = { endpoint: rootEndpoint, cluster: TimeSynchronization };
      const time = {
        utcTime: microseconds(at),
        granularity: Granularity.MillisecondsGranularity,
        timeSource: TimeSource.Admin,
      };
      await tellClock(clockCommand({ ...root, command: 'setUtcTime', fields: time }), withinMs).catch(
        (error: unknown) => {
          // A lock that has a better source keeps the time it has.
          if (!(error instanceof MatterFailure) || error.code !== 'LOCK_REFUSED') throw error;
        },
      );
      const { offsetMs, forward } = zoneFields(zone, at);
      const zones = [{ offset: offsetMs / 1000, validAt: matterEpochUs, name: zone }];
      const told = (await tellClock(
        clockCommand({ ...root, command: 'setTimeZone', fields: { timeZone: zones } }),
        withinMs,
      )) as TimeSynchronization.SetTimeZoneResponse | undefined;
      if (told?.dstOffsetRequired !== true) return;
      const dstOffset =
        forward.length === 0
          ? [{ offset: 0, validStarting: matterEpochUs, validUntil: null }]
          : forward.slice(0, Math.max(1, clock.dstOffsetListMaxSize ?? 1)).map((one) => ({
              offset: one.offsetMs / 1000,
              validStarting: microseconds(one.from),
              validUntil: microseconds(one.until),
            }));
      await tellClock(clockCommand({ ...root, command: 'setDstOffset', fields: { dstOffset } }), withinMs);
    },
  };
}
