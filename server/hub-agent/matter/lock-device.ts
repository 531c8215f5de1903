import { Endpoint, type Environment, ServerNode, VendorId } from '@matter/main';
import { GeneralCommissioningServer } from '@matter/main/behaviors/general-commissioning';
import { OperationalCredentialsServer } from '@matter/main/behaviors/operational-credentials';
import { PowerSourceServer } from '@matter/main/behaviors/power-source';
import { DoorLock } from '@matter/main/clusters/door-lock';
import { PowerSource } from '@matter/main/clusters/power-source';
import { DoorLockDevice } from '@matter/main/devices/door-lock';
import { SessionsBehavior } from '@matter/main/node';
import { CommissioningConfigProvider } from '@matter/main/protocol';
import { DeviceTypeId, Status, StatusResponseError } from '@matter/main/types';
import type { BoltState, DoorState, Mechanism, Source, Target } from '../matter-lock/mechanism';
import { VirtualClock, wallTimeOf } from './virtual-clock';
import { type Entry, type PinUse, type UserView, usersIn, VirtualDoorLock } from './virtual-door-lock';

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
  /** Its clock was set, this far ahead of this machine's. */
  onClock: (aheadMs: number) => void;
  /** Before a PIN is taken in, for as long as this takes; `lost`: it is not. */
  onCredential: () => Promise<'taken' | 'lost'>;
  /** Before and after the last word of a pairing is taken in, for as long as this takes; `lost`: it is not. */
  onLastWord: (when: 'before' | 'after') => Promise<'taken' | 'lost'>;
}

/** The Matter side of a virtual lock: it shows what it is told to show, and asks for what others want of it. */
export interface LockDevice {
  readonly isCommissioned: boolean;
  /** Takes bolt, door, battery and the need for a PIN over into the attributes. */
  show(works: Mechanism): Promise<void>;
  /** `by`: whose PIN it was. */
  operated(operation: 'lock' | 'unlock', source: Source, by?: PinUse): Promise<void>;
  jammed(): Promise<void>;
  /** Puts a PIN of the keypad into the lock, in place of all others. */
  setPin(pin: string): Promise<void>;
  /** Says that all places for systems are taken, or how many really are. */
  fillFabrics(isFull: boolean): Promise<void>;
  /** What comes of digits at the keypad; the bolt is left where it is. */
  enter(pin: string): Promise<Entry>;
  users(): UserView[];
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

/** Sessions that have not ended so long after the last system left are not waited for. */
const lingerMs = 2_000;

/** Takes part in `powerOff`: the library would say goodbye to everybody. */
class SilentNode extends ServerNode {
  isSilent = false;
  override async prepareRuntimeShutdown(): Promise<void> {
    if (!this.isSilent) await super.prepareRuntimeShutdown();
  }
}

/** Starts the device; it can be paired at once when no hub has it. */
export async function startLockDevice(settings: LockDeviceSettings): Promise<LockDevice> {
  const { works } = settings;
  let { clockAheadMs } = works;
  let seen: UserView[] = [];
  let resetTimer: NodeJS.Timeout | undefined;

  class Clock extends VirtualClock {
    protected override onSet(at: number): void {
      clockAheadMs = at - Date.now();
      settings.onClock(clockAheadMs);
    }
  }
  class Lock extends VirtualDoorLock {
    protected override onOperation(to: Target): void {
      settings.onOperation(to);
    }
    protected override onCredential() {
      return settings.onCredential();
    }
    protected override wallTime(): number {
      return wallTimeOf(node.stateOf(Clock), Date.now() + clockAheadMs);
    }
  }

  class Commissioning extends GeneralCommissioningServer {
    override async commissioningComplete() {
      if ((await settings.onLastWord('before')) === 'lost')
        throw new StatusResponseError('The lock was busy', Status.Failure);
      const answer = await super.commissioningComplete();
      await settings.onLastWord('after');
      return answer;
    }
  }

  const node = new SilentNode(ServerNode.RootEndpoint.with(Clock, Commissioning), {
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
  const lock = new Endpoint(DoorLockDevice.with(Lock, PowerSourceServer.with('Battery', 'Replaceable')), {
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
      numberOfWeekDaySchedulesSupportedPerUser: 1,
      numberOfYearDaySchedulesSupportedPerUser: 1,
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
  });
  await node.construction.ready;
  await node.add(lock);
  const act = <Result>(does: (behaviour: Lock) => Result): Promise<Result> =>
    Promise.resolve(lock.act((agent) => does(agent.get(Lock)))) as Promise<Result>;
  await node.start();
  // The last system has left. The library opens for the next one when all sessions have ended, and those of a hub that was
  // cut off in mid-sentence may never do.
  const sessions = () => Object.keys(node.maybeStateOf(SessionsBehavior)?.sessions ?? {});
  node.lifecycle.decommissioned.on(() => {
    const ofBefore = new Set(sessions());
    clearTimeout(resetTimer);
    resetTimer = setTimeout(() => {
      const isLingering = !node.isSilent && sessions().some((id) => ofBefore.has(id));
      if (isLingering) void node.erase().catch(() => {});
    }, lingerMs);
  });
  // The library forgets it when the node goes offline, and an unpaired node cannot be paired without.
  const pairingSettings = node.env.get(CommissioningConfigProvider);

  return {
    get isCommissioned() {
      return node.lifecycle.isCommissioned;
    },
    async show(next) {
      clockAheadMs = next.clockAheadMs;
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
    async operated(operation, source, by) {
      await act((behaviour) =>
        behaviour.events.lockOperation.emit(
          {
            lockOperationType: operations[operation],
            operationSource: sources[source],
            userIndex: by?.slot ?? null,
            fabricIndex: null,
            sourceNode: null,
            credentials:
              by === undefined
                ? null
                : [{ credentialType: CredentialType.Pin, credentialIndex: by.credential }],
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
    setPin: (pin) => act((behaviour) => behaviour.program(pin)),
    enter: (pin) => act((behaviour) => behaviour.enter(pin)),
    users() {
      try {
        seen = usersIn(lock.stateOf(Lock));
      } catch {
        // While it is taken off a fabric or stands still nobody can look.
      }
      return seen;
    },
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
      clearTimeout(resetTimer);
      await node.close();
    },
  };
}

function levelOf(percent: number): PowerSource.BatChargeLevel {
  if (percent < 10) return PowerSource.BatChargeLevel.Critical;
  return percent < 20 ? PowerSource.BatChargeLevel.Warning : PowerSource.BatChargeLevel.Ok;
}
