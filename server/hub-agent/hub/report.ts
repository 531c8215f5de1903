import type { JsonObject } from '@/server/domain/json';
import { type JournalEntry, saidOf } from '../journal';
import type { LockReading, PairingStep } from '../matter/face';
import type { HubDevice } from './memory';

/** The cloud's name for the shadow of a lock of ours (takes our uuid when no other lock has it). */
export const thingOf = ({ uuid, endpoint }: Pick<HubDevice, 'uuid' | 'endpoint'>): string =>
  endpoint === null ? `matter-${uuid}` : `lock-${uuid}`;

/** What is said of a PIN command. null takes away what an earlier one left in the shadow. */
const pinSaidOf = ({ id, state, slot, error }: JournalEntry): JsonObject => ({
  id,
  state,
  slot: slot ?? null,
  error: error ?? null,
});

/** What stands in the shadow of a lock: the whole of it, so that nothing of an older report stays. */
export function lockReport(
  device: HubDevice,
  lock: {
    /** Undefined: it has not been heard since this hub started. */
    reading: LockReading | undefined;
    isReachable: boolean;
    alarm: string | undefined;
    spoken: JournalEntry | undefined;
    /** The same of its PIN commands. */
    spokenPin: JournalEntry | undefined;
  },
): JsonObject {
  const { reading, isReachable, alarm, spoken, spokenPin } = lock;
  const isJammed = alarm === 'LOCK_JAMMED' && reading?.lockState === 'NOT_FULLY_LOCKED';
  return {
    ...(reading === undefined
      ? {}
      : {
          lockState: isJammed ? 'JAMMED' : reading.lockState,
          doorState: reading.doorState ?? null,
          battery: reading.battery === undefined ? null : { ...reading.battery },
          features: [...reading.features],
          alarm: alarm ?? null,
          pinLimits: reading.pinLimits === undefined ? null : { ...reading.pinLimits },
        }),
    reachable: isReachable,
    attestation: device.attestation,
    ...(device.lastOperation === undefined ? {} : { lastOperation: { slot: null, ...device.lastOperation } }),
    ...(spoken === undefined ? {} : { command: saidOf(spoken) }),
    ...(spokenPin === undefined ? {} : { pin: pinSaidOf(spokenPin) }),
  };
}

/** What a hub says of its command beside how it ended; every member is told, so that nothing of an older one stays. */
export interface CommandDetail {
  step?: PairingStep;
  message?: string;
  device?: HubDevice;
}

/** `command` of the hub's own report (matter-hub 8). */
export function commandReport(entry: JournalEntry, { step, message, device }: CommandDetail): JsonObject {
  return {
    id: entry.id,
    state: entry.state,
    step: step ?? null,
    error: entry.error ?? null,
    message: message ?? null,
    device:
      device === undefined
        ? null
        : {
            id: device.uuid,
            uuid: device.uuid,
            deviceType: device.endpoint === null ? device.deviceType : 'door-lock',
            vendorId: device.vendorId,
            productId: device.productId,
            name: device.name,
            attestation: device.attestation,
          },
  };
}

/** What a hub says of itself (matter-hub 8). `pinKey`: where PINs are sealed to, base64url. */
export function hubReport(hub: {
  version: string;
  startedAt: Date;
  pinKey: string;
  locks: readonly { thing: string; nodeId: string; isReachable: boolean }[];
  /** Things that were told of before and are ours no longer. */
  gone: readonly string[];
  command: JsonObject | undefined;
}): JsonObject {
  const told = hub.locks.map(({ thing, nodeId, isReachable }): [string, JsonObject] => [
    thing,
    { nodeId, reachable: isReachable },
  ]);
  return {
    agent: 'latchkey-hub',
    version: hub.version,
    startedAt: hub.startedAt.toISOString(),
    pinKey: hub.pinKey,
    locks: Object.fromEntries([...hub.gone.map((thing) => [thing, null]), ...told]),
    ...(hub.command === undefined ? {} : { command: hub.command }),
  };
}
