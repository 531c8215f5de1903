import { wallTime } from '@/server/domain/access/zone';
import { isJsonObject, type Json, type JsonObject } from '@/server/domain/json';
import type { ShadowCommand } from '../journal';
import type { LockHours } from '../matter/face';

/** What a lock's PIN lane is told. */
export type PinCommand =
  | {
      type: 'set_pin';
      /** Undefined: a free one is taken. */
      slot: number | undefined;
      name: string | undefined;
      /** As it was sent, sealed; undefined: the one that is there stays. */
      pin: Json | undefined;
      /** null: at all hours. */
      hours: LockHours | null;
      /** Where the hours are meant; undefined for those without. */
      zone: string | undefined;
    }
  | { type: 'clear_pin'; slot: number };

/** Matter's indices of users; 0xFFFE means all of them. */
const mostSlot = 0xfffd;
const dayMinutes = 1_440;
/** Matter counts seconds from 2000 in 32 bits. */
const earliest = Date.UTC(2000, 0, 2);
const latest = Date.UTC(2135, 0, 1);

/** A member of a command; null, which a shadow does not keep, counts as absent. */
const member = (object: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(object, name) ? (object[name] ?? undefined) : undefined;

const isIn = (value: Json | undefined, from: number, to: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to;

function isZone(value: Json | undefined): value is string {
  try {
    return typeof value === 'string' && Number.isFinite(wallTime(0, value));
  } catch {
    return false;
  }
}

function readMoment(value: Json | undefined): number | undefined {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return at >= earliest && at <= latest ? at : undefined;
}

/** Reads a schedule; undefined: it is none. Moments become those of the clock on a wall of the zone. */
function readHours(schedule: Json, zone: string): LockHours | undefined {
  if (!isJsonObject(schedule)) return undefined;
  if (schedule.kind === 'between') {
    const [from, until] = [readMoment(schedule.from), readMoment(schedule.until)];
    if (from === undefined || until === undefined || until <= from) return undefined;
    return { kind: 'between', from: wallTime(from, zone), until: wallTime(until, zone) };
  }
  if (schedule.kind !== 'weekly' || !Array.isArray(schedule.weekdays)) return undefined;
  const { weekdays, fromMinute, untilMinute } = schedule;
  const isRight =
    weekdays.length > 0 &&
    weekdays.every((day) => isIn(day, 1, 7)) &&
    isIn(fromMinute, 0, dayMinutes - 1) &&
    isIn(untilMinute, fromMinute + 1, dayMinutes);
  if (!isRight) return undefined;
  return { kind: 'weekly', weekdays: weekdays as number[], fromMinute, untilMinute };
}

/** Reads a PIN command; undefined: of a type that this hub does not know, or without what it needs. */
export function readPinCommand({ type, members }: ShadowCommand): PinCommand | undefined {
  const slot = member(members, 'slot');
  if (slot !== undefined && !isIn(slot, 1, mostSlot)) return undefined;
  if (type === 'clear_pin') return slot === undefined ? undefined : { type, slot };
  if (type !== 'set_pin') return undefined;
  const pin = member(members, 'pin');
  // A new user has digits from the start.
  if (slot === undefined && pin === undefined) return undefined;
  const given = member(members, 'name');
  const name = typeof given === 'string' && given !== '' ? given : undefined;
  const schedule = member(members, 'schedule');
  if (schedule === undefined) return { type, slot, name, pin, hours: null, zone: undefined };
  const zone = member(members, 'timezone');
  const hours = isZone(zone) ? readHours(schedule, zone) : undefined;
  return hours === undefined ? undefined : { type, slot, name, pin, hours, zone: zone as string };
}
