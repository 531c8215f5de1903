import { Bytes, Endpoint, type Environment, ServerNode, VendorId } from '@matter/main';
import { DoorLockServer, type LockAuth } from '@matter/main/behaviors/door-lock';
import { OperationalCredentialsServer } from '@matter/main/behaviors/operational-credentials';
import { PowerSourceServer } from '@matter/main/behaviors/power-source';
import { DoorLock } from '@matter/main/clusters/door-lock';
import { PowerSource } from '@matter/main/clusters/power-source';
import { DoorLockDevice } from '@matter/main/devices/door-lock';
import { CommissioningConfigProvider } from '@matter/main/protocol';
import { DeviceTypeId, FabricIndex, Status, StatusResponseError } from '@matter/main/types';
import type { BoltState, DoorState, Mechanism, Source, Target } from '../matter-lock/mechanism';

/** A vendor and a product of the test range: this device is for demos and tests alone and never ships (matter-hub 2). */
export const virtualVendor = 0xfff1;
export const virtualProduct = 0x8000;

export interface LockDeviceSettings {
  /** Name of its part of the storage. */
  id: string;
  environment: Environment;
  /** UDP port; it must stay the same, since hubs come back to it. */
  port: number;
  passcode: number;
  discriminator: number;
  serial: string;
  uniqueId: string;
  name: string;
  /** How it stands at the start: the library forgets it (matter-hub 2). */
  works: Mechanism;
  /** A remote operation that was let in; the bolt has not moved yet. */
  onOperation: (to: Target) => void;
}

/** The Matter side of a virtual lock: it shows what it is told to show, and asks for what others want of it. */
export interface LockDevice {
  readonly isCommissioned: boolean;
  /** Takes bolt, door, battery and the need for a PIN over into the attributes. */
  show(works: Mechanism): Promise<void>;
  operated(operation: 'lock' | 'unlock', source: Source): Promise<void>;
  jammed(): Promise<void>;
  /** Puts a PIN of the keypad into the lock, in place of all others. */
  setPin(pin: string): Promise<void>;
  hasPin(pin: string): Promise<boolean>;
  /** Says that all places for systems are taken, or how many really are. */
  fillFabrics(isFull: boolean): Promise<void>;
  /** Off the network without a word, as when the batteries are taken out. */
  powerOff(): Promise<void>;
  powerOn(): Promise<void>;
  /** Forgets every fabric and every PIN, and can be paired again by the same code. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

const { LockState, DoorState: Door, LockOperationType, OperationSource, CredentialType } = DoorLock;
const bolts: Record<BoltState, DoorLock.LockState> = {
  LOCKED: LockState.Locked,
  UNLOCKED: LockState.Unlocked,
  NOT_FULLY_LOCKED: LockState.NotFullyLocked,
};
const doors: Record<DoorState, DoorLock.DoorState> = {
  OPEN: Door.DoorOpen,
  CLOSED: Door.DoorClosed,
  AJAR: Door.DoorAjar,
  JAMMED: Door.DoorJammed,
  FORCED: Door.DoorForcedOpen,
  UNKNOWN: Door.DoorUnspecifiedError,
};
const operations = { lock: LockOperationType.Lock, unlock: LockOperationType.Unlock };
const sources: Record<Source, DoorLock.OperationSource> = {
  remote: OperationSource.Remote,
  manual: OperationSource.Manual,
  keypad: OperationSource.Keypad,
  auto: OperationSource.Auto,
};
const pinUser = 1;

/** Takes part in `powerOff`: the library would say goodbye to everybody. */
class SilentNode extends ServerNode {
  isSilent = false;
  override async prepareRuntimeShutdown(): Promise<void> {
    if (!this.isSilent) await super.prepareRuntimeShutdown();
  }
}

const pinsOf = (auth: LockAuth.Store): string[] =>
  auth.credentials
    .filter(({ credentialType }) => credentialType === CredentialType.Pin)
    .map(({ credentialData }) => Bytes.toString(auth.decrypt(credentialData)));

/** Starts the device; it can be paired at once when no hub has it. */
export async function startLockDevice(settings: LockDeviceSettings): Promise<LockDevice> {
  const { works } = settings;
  const Base = DoorLockServer.with(
    'Unbolting',
    'DoorPositionSensor',
    'PinCredential',
    'User',
    'CredentialOverTheAirAccess',
  );

  /** The library moves its bolt within the command; ours has a motor, and unbolting ends unlocked (matter-hub 2). */
  class VirtualDoorLock extends Base {
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

    #ask(to: Target, type: DoorLock.LockOperationType, pin: Bytes | undefined): void {
      const isRight =
        pin === undefined
          ? this.state.requirePinForRemoteOperation !== true
          : pinsOf(this.auth).includes(Bytes.toString(pin));
      if (!isRight) {
        this.events.lockOperationError?.emit(
          {
            lockOperationType: type,
            operationSource: OperationSource.Remote,
            operationError: DoorLock.OperationError.InvalidCredential,
            userIndex: null,
            fabricIndex: null,
            sourceNode: null,
          },
          this.context,
        );
        throw new StatusResponseError('PIN missing or wrong', Status.Failure);
      }
      settings.onOperation(to);
    }
  }

  const node = new SilentNode(ServerNode.RootEndpoint, {
    id: settings.id,
    environment: settings.environment,
    network: { port: settings.port },
    commissioning: { passcode: settings.passcode, discriminator: settings.discriminator },
    productDescription: { name: settings.name, deviceType: DeviceTypeId(DoorLockDevice.deviceType) },
    basicInformation: {
      vendorId: VendorId(virtualVendor),
      vendorName: 'Latchkey',
      productId: virtualProduct,
      productName: settings.name,
      serialNumber: settings.serial,
      uniqueId: settings.uniqueId,
      hardwareVersion: 1,
      hardwareVersionString: '1',
      softwareVersion: 1,
      softwareVersionString: '1',
    },
  });
  const lock = new Endpoint(
    DoorLockDevice.with(VirtualDoorLock, PowerSourceServer.with('Battery', 'Replaceable')),
    {
      id: 'lock',
      doorLock: {
        lockState: bolts[works.bolt],
        lockType: DoorLock.LockType.DeadBolt,
        actuatorEnabled: true,
        operatingMode: DoorLock.OperatingMode.Normal,
        doorState: doors[works.door],
        numberOfTotalUsersSupported: 10,
        numberOfPinUsersSupported: 10,
        numberOfCredentialsSupportedPerUser: 5,
        minPinCodeLength: 4,
        maxPinCodeLength: 8,
        requirePinForRemoteOperation: works.needsPin,
        wrongCodeEntryLimit: 10,
        userCodeTemporaryDisableTime: 10,
      },
      powerSource: {
        status: PowerSource.PowerSourceStatus.Active,
        order: 0,
        description: 'Battery',
        endpointList: [],
        batPercentRemaining: works.batteryPercent * 2,
        batChargeLevel: levelOf(works.batteryPercent),
        batReplacementNeeded: false,
        batReplaceability: PowerSource.BatReplaceability.UserReplaceable,
        batReplacementDescription: 'AA',
        batQuantity: 4,
      },
    },
  );
  await node.construction.ready;
  await node.add(lock);
  await node.start();
  // The library forgets it when the node goes offline, and an unpaired node cannot be paired without.
  const pairingSettings = node.env.get(CommissioningConfigProvider);

  const act = <Result>(does: (behaviour: VirtualDoorLock) => Result): Promise<Result> =>
    Promise.resolve(lock.act((agent) => does(agent.get(VirtualDoorLock)))) as Promise<Result>;

  return {
    get isCommissioned() {
      return node.lifecycle.isCommissioned;
    },
    async show(next) {
      await lock.set({
        doorLock: {
          lockState: bolts[next.bolt],
          doorState: doors[next.door],
          requirePinForRemoteOperation: next.needsPin,
        },
        powerSource: {
          batPercentRemaining: next.batteryPercent * 2,
          batChargeLevel: levelOf(next.batteryPercent),
        },
      });
    },
    async operated(operation, source) {
      await act((behaviour) =>
        behaviour.events.lockOperation.emit(
          {
            lockOperationType: operations[operation],
            operationSource: sources[source],
            userIndex: source === 'keypad' ? pinUser : null,
            fabricIndex: null,
            sourceNode: null,
          },
          behaviour.context,
        ),
      );
    },
    async jammed() {
      await act((behaviour) =>
        behaviour.events.doorLockAlarm.emit({ alarmCode: DoorLock.AlarmCode.LockJammed }, behaviour.context),
      );
    },
    async setPin(pin) {
      await act(({ auth }) => {
        auth.clearUsers();
        auth.removeAllCredentialsOfType(CredentialType.Pin);
        auth.addUser({
          userIndex: pinUser,
          userName: 'Keypad',
          userUniqueId: null,
          userStatus: DoorLock.UserStatus.OccupiedEnabled,
          userType: DoorLock.UserType.UnrestrictedUser,
          credentialRule: DoorLock.CredentialRule.Single,
          credentials: [{ credentialType: CredentialType.Pin, credentialIndex: 1 }],
          creatorFabricIndex: FabricIndex.NO_FABRIC,
          lastModifiedFabricIndex: FabricIndex.NO_FABRIC,
        });
        auth.addCredential(CredentialType.Pin, 1, Bytes.fromString(pin), FabricIndex.NO_FABRIC);
      });
    },
    hasPin: (pin) => act(({ auth }) => pinsOf(auth).includes(pin)),
    async fillFabrics(isFull) {
      const { supportedFabrics, fabrics } = node.stateOf(OperationalCredentialsServer);
      const commissionedFabrics = isFull ? supportedFabrics : fabrics.length;
      await node.set({ operationalCredentials: { commissionedFabrics } });
    },
    async powerOff() {
      node.isSilent = true;
      await node.cancel();
    },
    async powerOn() {
      node.isSilent = false;
      if (!node.env.has(CommissioningConfigProvider))
        node.env.set(CommissioningConfigProvider, pairingSettings);
      await node.start();
    },
    async reset() {
      node.isSilent = true;
      await node.erase();
      node.isSilent = false;
    },
    async close() {
      await node.close();
    },
  };
}

function levelOf(percent: number): PowerSource.BatChargeLevel {
  if (percent < 10) return PowerSource.BatChargeLevel.Critical;
  return percent < 20 ? PowerSource.BatChargeLevel.Warning : PowerSource.BatChargeLevel.Ok;
}
