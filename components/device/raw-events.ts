import type { OutgoingEvent } from '@/server/contracts/devices';
import { memberText } from '@/server/domain/json-text';
import { partsOf } from '../json/json-text';

/** An event of a device as pages keep it; `data` is JSON text, so that no digit is lost. */
export interface StreamEvent {
  id: string;
  eventType: string;
  data: string;
  timestamp: string;
  originDeviceIp?: string;
}

export interface EventPage {
  items: StreamEvent[];
  /** Where older ones begin; null: there are none. */
  next: string | null;
}

function readEvent(text: string): StreamEvent {
  const { id, eventType, timestamp, originDeviceIp } = JSON.parse(text) as OutgoingEvent & { id: string };
  const data = memberText(text, 'eventData') ?? '{}';
  return { id, eventType, data, timestamp, ...(originDeviceIp === undefined ? {} : { originDeviceIp }) };
}

/** A page of the API's list of events, each one's data letter for letter. */
export function readEventPage(text: string): EventPage {
  const items = memberText(text, 'items') ?? '[]';
  return {
    items: partsOf(items).map(({ value }) => readEvent(value)),
    next: JSON.parse(memberText(text, 'next') ?? 'null') as string | null,
  };
}

/** Whether JavaScript can tell this number from its neighbours: beyond 2^53 it cannot. */
export const isExactNumber = (value: number): boolean =>
  Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER;

function hasInexactNumber(value: unknown): boolean {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === 'number' && !isExactNumber(next)) return true;
    if (typeof next === 'object' && next !== null) for (const inner of Object.values(next)) open.push(inner);
  }
  return false;
}

/**
 * An event out of the home's live log, which arrives parsed. Undefined: it holds a number that was rounded on the way,
 * and has to be read from the API.
 */
export function liveEvent(event: OutgoingEvent, homeId: number, position: number): StreamEvent | undefined {
  const { eventType, eventData, timestamp, originDeviceIp } = event;
  if (hasInexactNumber(eventData)) return undefined;
  return {
    id: `${homeId}-${position}`,
    eventType,
    data: JSON.stringify(eventData),
    timestamp,
    ...(originDeviceIp === undefined ? {} : { originDeviceIp }),
  };
}

/** Place of an event in the home's log, which orders it where clocks may not. */
export const positionOf = ({ id }: StreamEvent): number => Number(id.slice(id.lastIndexOf('-') + 1));
