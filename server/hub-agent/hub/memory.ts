import { z } from 'zod';
import { endUnfinished, type Journal, type JournalEntry, withEntry } from '../journal';
import { journalSchema } from '../kept-journal';
import type { NodePlace } from '../matter/face';

/** A device of this hub, known by all that Matter tells of it; ids that others give it may change (matter-hub 6). */
export interface HubDevice {
  /** Ours: the cloud's name for it is made of this. */
  uuid: string;
  nodeId: string;
  /** The endpoint of its door lock; null: it is no lock. */
  endpoint: number | null;
  vendorId: number;
  productId: number;
  deviceType: number;
  name: string;
  serial?: string;
  uniqueId?: string;
  attestation: string;
  /** What the code it was paired with comes to under this hub's own key; the code itself is kept nowhere. */
  codeMark: string;
  lastOperation?: { type: 'lock' | 'unlock'; source: string; at: number; slot?: number };
  /** The hub's own PIN on a lock that wants one for remote operations. */
  ownPin?: { slot: number; digits: string };
  /** The zone that the hours of its PINs are meant in. */
  zone?: string;
}

/** A user that was begun on a lock for a PIN command; it stays written until it is known to be whole or gone. */
export interface PinTry {
  uuid: string;
  /** The command. */
  id: string;
  slot: number;
}

/** A pairing under way. */
export interface HubPairing {
  commandId: string;
  uuid: string;
  codeMark: string;
  /** What the code says of the make of the device, as far as it does. */
  make?: { vendorId?: number; productId?: number };
  /** The place that the device is given on our fabric, once it may be. */
  place?: NodePlace;
}

/** Everything a hub remembers beside what Matter keeps. */
export interface HubMemory {
  devices: readonly HubDevice[];
  journal: Journal;
  /** By thing, the command that its reports speak of. */
  spokenOf: Readonly<Record<string, string>>;
  /** A pairing whose end is not written yet: a restart finds out what came of it. */
  pairing?: HubPairing;
  /** Places on our fabric that pairings which came to nothing may have left a device in. */
  loose: readonly NodePlace[];
  pinTries: readonly PinTry[];
}

export const emptyMemory: HubMemory = { devices: [], journal: [], spokenOf: {}, loose: [], pinTries: [] };

const place = z.object({ nodeId: z.string(), ip: z.string(), port: z.number().int() });

const device = z.object({
  uuid: z.string(),
  nodeId: z.string(),
  endpoint: z.number().int().nullable(),
  vendorId: z.number().int(),
  productId: z.number().int(),
  deviceType: z.number().int(),
  name: z.string(),
  serial: z.string().exactOptional(),
  uniqueId: z.string().exactOptional(),
  attestation: z.string(),
  codeMark: z.string(),
  lastOperation: z
    .object({
      type: z.enum(['lock', 'unlock']),
      source: z.string(),
      at: z.number(),
      slot: z.number().exactOptional(),
    })
    .exactOptional(),
  ownPin: z.object({ slot: z.number().int(), digits: z.string() }).exactOptional(),
  zone: z.string().exactOptional(),
});

/** A memory as it stands in a file. */
export const memorySchema = z.object({
  devices: z.array(device),
  journal: journalSchema,
  spokenOf: z.record(z.string(), z.string()),
  pairing: z
    .object({
      commandId: z.string(),
      uuid: z.string(),
      codeMark: z.string(),
      make: z
        .object({ vendorId: z.number().exactOptional(), productId: z.number().exactOptional() })
        .exactOptional(),
      place: place.exactOptional(),
    })
    .exactOptional(),
  // Memories of before knew neither.
  loose: z.array(place).default([]),
  pinTries: z.array(z.object({ uuid: z.string(), id: z.string(), slot: z.number().int() })).default([]),
});

export type MemoryEvent =
  /** What became of a command of a thing. */
  | { type: 'entered'; thing: string; entry: JournalEntry }
  | { type: 'repeated'; thing: string; id: string }
  | { type: 'pairingBegun'; pairing: HubPairing }
  /** From now on a device may hold this place, whether its pairing is heard to end or not. */
  | { type: 'claimed'; place: NodePlace }
  | { type: 'pairingEnded' }
  /** No device is in this place any more. */
  | { type: 'letGo'; nodeId: string }
  /** A device came; one that stands for the same place is replaced. */
  | { type: 'paired'; device: HubDevice }
  | { type: 'removed'; uuid: string }
  | { type: 'operated'; uuid: string; operation: 'lock' | 'unlock'; source: string; slot?: number }
  /** What this hub opens a lock with; absent: nothing. */
  | { type: 'ownPin'; uuid: string; ownPin?: { slot: number; digits: string } }
  | { type: 'zoned'; uuid: string; zone: string }
  | { type: 'pinBegun'; uuid: string; id: string; slot: number }
  /** The user that was begun is whole, or gone. */
  | { type: 'pinSettled'; id: string };

const withDevice = (
  memory: HubMemory,
  uuid: string,
  change: (device: HubDevice) => HubDevice,
): HubMemory => ({
  ...memory,
  devices: memory.devices.map((device) => (device.uuid === uuid ? change(device) : device)),
});
const withoutTry = ({ pinTries }: HubMemory, id: string) => pinTries.filter((one) => one.id !== id);

/** The place of the pairing is to be looked for, unless a device was taken in from there. */
function loosened(memory: HubMemory): HubMemory {
  const { devices, pairing, loose } = memory;
  const place = pairing?.place;
  const isLeft = place !== undefined && !devices.some(({ nodeId }) => nodeId === place.nodeId);
  return isLeft ? { ...memory, loose: [...loose, place] } : memory;
}

/** Applies what happened. `at`: epoch milliseconds. */
export function evolve(memory: HubMemory, event: MemoryEvent, at: number): HubMemory {
  switch (event.type) {
    case 'entered':
      return {
        ...memory,
        journal: withEntry(memory.journal, event.entry, at),
        spokenOf: { ...memory.spokenOf, [event.thing]: event.entry.id },
      };
    case 'repeated':
      return { ...memory, spokenOf: { ...memory.spokenOf, [event.thing]: event.id } };
    case 'pairingBegun':
      return { ...memory, pairing: event.pairing };
    case 'claimed': {
      const { pairing, ...rest } = loosened(memory);
      return pairing === undefined ? rest : { ...rest, pairing: { ...pairing, place: event.place } };
    }
    case 'pairingEnded': {
      const { pairing: _over, ...rest } = loosened(memory);
      return rest;
    }
    case 'letGo':
      return { ...memory, loose: memory.loose.filter(({ nodeId }) => nodeId !== event.nodeId) };
    case 'paired': {
      const others = memory.devices.filter(({ uuid }) => uuid !== event.device.uuid);
      return { ...memory, devices: [...others, event.device] };
    }
    case 'removed':
      return {
        ...memory,
        devices: memory.devices.filter(({ uuid }) => uuid !== event.uuid),
        pinTries: memory.pinTries.filter(({ uuid }) => uuid !== event.uuid),
      };
    case 'operated': {
      const { operation: type, source, slot } = event;
      const lastOperation = { type, source, at, ...(slot === undefined ? {} : { slot }) };
      return withDevice(memory, event.uuid, (device) => ({ ...device, lastOperation }));
    }
    case 'ownPin':
      return withDevice(memory, event.uuid, ({ ownPin: _old, ...device }) =>
        event.ownPin === undefined ? device : { ...device, ownPin: event.ownPin },
      );
    case 'zoned':
      return withDevice(memory, event.uuid, (device) => ({ ...device, zone: event.zone }));
    case 'pinBegun': {
      const { uuid, id, slot } = event;
      return { ...memory, pinTries: [...withoutTry(memory, id), { uuid, id, slot }] };
    }
    case 'pinSettled':
      return { ...memory, pinTries: withoutTry(memory, event.id) };
  }
}

/** Whether two descriptions are of the same piece of hardware. Without a serial number or unique id nothing is. */
export function isSameHardware(one: HubDevice, other: Omit<HubDevice, 'uuid' | 'codeMark'>): boolean {
  const isTold = one.serial !== undefined || one.uniqueId !== undefined;
  return (
    isTold &&
    one.vendorId === other.vendorId &&
    one.productId === other.productId &&
    one.serial === other.serial &&
    one.uniqueId === other.uniqueId &&
    one.endpoint === other.endpoint
  );
}

/** Commands of a thing that were taken and have no end: the process was stopped in between. */
export const unfinished = (memory: HubMemory, thing: string): JournalEntry | undefined =>
  memory.journal.find((entry) => entry.id === memory.spokenOf[thing] && entry.state === 'accepted');

/** Ends all that was taken and that nobody speaks of any more. */
export function afterRestart(memory: HubMemory): HubMemory {
  const spoken = new Set(Object.values(memory.spokenOf));
  return { ...memory, journal: endUnfinished(memory.journal, 'HUB_RESTARTED', (id) => !spoken.has(id)) };
}
