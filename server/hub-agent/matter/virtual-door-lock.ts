import { Bytes, Supervision } from '@matter/main';
import { DoorLockServer } from '@matter/main/behaviors/door-lock';
import { DoorLock } from '@matter/main/clusters/door-lock';
import { FabricIndex, Status, StatusResponseError } from '@matter/main/types';
import { isLetIn, type KeptHours } from '../matter-lock/hours';
import type { Target } from '../matter-lock/mechanism';

const {
  CredentialType,
  LockOperationType,
  OperationError,
  OperationSource,
  StatusCode,
  UserStatus,
  UserType,
} = DoorLock;

const Base = DoorLockServer.with(
  'Unbolting',
  'DoorPositionSensor',
  'PinCredential',
  'User',
  'CredentialOverTheAirAccess',
  'WeekDayAccessSchedules',
  'YearDayAccessSchedules',
);

/** Whose PIN it is. */
export interface PinUse {
  slot: number;
  credential: number;
}
/** What comes of digits that somebody types. */
export type Entry =
  | { outcome: 'opened'; by: PinUse }
  | { outcome: 'wrong' }
  | { outcome: 'out-of-hours'; by: PinUse };

/** A user of the lock, without its digits. */
export interface UserView {
  slot: number;
  name: string;
  pins: number;
  hours: KeptHours['rule'];
}

const rules: Readonly<Record<number, KeptHours['rule']>> = {
  [UserType.UnrestrictedUser]: 'unrestricted',
  [UserType.WeekDayScheduleUser]: 'weekly',
  [UserType.YearDayScheduleUser]: 'between',
};
const keypadUser = 1;

/** Users, PINs and schedules are the library's; the motor, the keypad and what stands in hours are ours (matter-hub 2). */
export class VirtualDoorLock extends Base {
  /** The library moves its bolt within the command; ours has a motor, and unbolting ends unlocked. */
  override lockDoor(request: DoorLock.LockDoorRequest): void {
    this.#ask('LOCKED', LockOperationType.Lock, request.pinCode);
  }
  override unlockDoor(request: DoorLock.UnlockDoorRequest): void {
    this.#ask('UNLOCKED', LockOperationType.Unlock, request.pinCode);
  }
  override unboltDoor(request: DoorLock.UnboltDoorRequest): void {
    this.#ask('UNLOCKED', LockOperationType.Unlock, request.pinCode);
  }
  override unlockWithTimeout(request: DoorLock.UnlockWithTimeoutRequest): void {
    this.#ask('UNLOCKED', LockOperationType.Unlock, request.pinCode);
  }

  /** The library answers FAILURE where the specification names the reason (5.2.10.21.1). */
  override async setCredential(
    request: DoorLock.SetCredentialRequest,
  ): Promise<DoorLock.SetCredentialResponse> {
    if ((await this.onCredential()) === 'lost')
      throw new StatusResponseError('The keypad is at fault', Status.Failure);
    const { credential, credentialData, operationType } = request;
    const { credentialType: type, credentialIndex: index } = credential;
    const isAdding = operationType === DoorLock.DataOperationType.Add;
    const isTaken = isAdding && this.auth.findCredential(type, index) !== undefined;
    const isDuplicate = this.auth.isDuplicateCredential(type, credentialData, index);
    const answer = await super.setCredential(request);
    if (answer.status !== Status.Failure || (!isTaken && !isDuplicate)) return answer;
    const named = { ...answer, status: (isDuplicate ? StatusCode.Duplicate : StatusCode.Occupied) as number };
    // The library's list of statuses lacks those of the cluster.
    Supervision(named, 'status').validate = false;
    return named;
  }

  /** What comes of these digits now; a wrong entry at the keypad is told. */
  enter(digits: string): Entry {
    const entry = this.#judge(digits);
    if (entry.outcome !== 'opened') this.#refuse(LockOperationType.Unlock, OperationSource.Keypad);
    return entry;
  }

  /** As when somebody programs the lock at its keypad: this PIN, and no other user any more. */
  program(digits: string): void {
    const { auth } = this;
    auth.clearUsers();
    auth.removeAllCredentialsOfType(CredentialType.Pin);
    auth.addUser({
      userIndex: keypadUser,
      userName: 'Keypad',
      userUniqueId: null,
      userStatus: UserStatus.OccupiedEnabled,
      userType: UserType.UnrestrictedUser,
      credentialRule: DoorLock.CredentialRule.Single,
      credentials: [{ credentialType: CredentialType.Pin, credentialIndex: 1 }],
      creatorFabricIndex: FabricIndex.NO_FABRIC,
      lastModifiedFabricIndex: FabricIndex.NO_FABRIC,
    });
    auth.addCredential(CredentialType.Pin, 1, Bytes.fromString(digits), FabricIndex.NO_FABRIC);
  }

  /** A remote operation that was let in; the bolt has not moved yet. */
  protected onOperation(_to: Target): void {}

  /** Before a credential is taken in; `lost`: it is not. */
  protected async onCredential(): Promise<'taken' | 'lost'> {
    return 'taken';
  }

  /** What the lock's own clock shows, in epoch milliseconds as if it were UTC. */
  protected wallTime(): number {
    return Date.now();
  }

  #judge(digits: string): Entry {
    const { auth } = this;
    const found = auth.credentials.find(
      ({ credentialType, credentialData }) =>
        credentialType === CredentialType.Pin && Bytes.toString(auth.decrypt(credentialData)) === digits,
    );
    const slot = found && auth.findUserIndexForCredential(CredentialType.Pin, found.credentialIndex);
    const user = typeof slot === 'number' ? auth.findUser(slot) : undefined;
    if (found === undefined || user === undefined || user.userStatus !== UserStatus.OccupiedEnabled)
      return { outcome: 'wrong' };
    const by = { slot: user.userIndex, credential: found.credentialIndex };
    const hours: KeptHours = {
      rule: rules[user.userType] ?? 'never',
      weekly: this.state.weekDaySchedules
        .filter(({ userIndex }) => userIndex === user.userIndex)
        .map(({ daysMask: mask, startHour, startMinute, endHour, endMinute }) => ({
          isOn: [
            mask.sunday,
            mask.monday,
            mask.tuesday,
            mask.wednesday,
            mask.thursday,
            mask.friday,
            mask.saturday,
          ].map((isOn) => isOn === true),
          fromMinute: startHour * 60 + startMinute,
          // The last minute of the day counts to its end (5.2.10.4.7).
          untilMinute: endHour === 23 && endMinute === 59 ? 1440 : endHour * 60 + endMinute,
        })),
      between: this.state.yearDaySchedules
        .filter(({ userIndex }) => userIndex === user.userIndex)
        .map(({ localStartTime, localEndTime }) => ({
          from: localStartTime * 1000,
          until: localEndTime * 1000,
        })),
    };
    return isLetIn(hours, this.wallTime()) ? { outcome: 'opened', by } : { outcome: 'out-of-hours', by };
  }

  #ask(to: Target, type: DoorLock.LockOperationType, pin: Bytes | undefined): void {
    const isRight =
      pin === undefined
        ? this.state.requirePinForRemoteOperation !== true
        : this.#judge(Bytes.toString(pin)).outcome === 'opened';
    if (!isRight) {
      this.#refuse(type, OperationSource.Remote);
      throw new StatusResponseError('PIN missing or wrong', Status.Failure);
    }
    this.onOperation(to);
  }

  #refuse(lockOperationType: DoorLock.LockOperationType, operationSource: DoorLock.OperationSource): void {
    this.events.lockOperationError?.emit(
      {
        lockOperationType,
        operationSource,
        operationError: OperationError.InvalidCredential,
        userIndex: null,
        fabricIndex: null,
        sourceNode: null,
      },
      this.context,
    );
  }
}

/** Who is in a lock. */
export const usersIn = (state: {
  readonly users: readonly {
    readonly userIndex: number;
    readonly userName: string;
    readonly userType: DoorLock.UserType;
    readonly credentials: readonly { readonly credentialType: DoorLock.CredentialType }[];
  }[];
}): UserView[] =>
  state.users.map(({ userIndex, userName, userType, credentials }) => ({
    slot: userIndex,
    name: userName,
    pins: credentials.filter(({ credentialType }) => credentialType === CredentialType.Pin).length,
    hours: rules[userType] ?? 'never',
  }));
