import type { OutgoingEvent } from '../contracts/devices';

/** Names that the cloud keeps for itself begin and end with `_` (mode-api 4, 6.4). */
export const isSystemEvent = (eventType: string): boolean =>
  eventType.length > 1 && eventType.startsWith('_') && eventType.endsWith('_');

/** JSON text of an event as apps get it; `dataText` stands for eventData letter for letter, so that no number changes. */
export function eventText(event: OutgoingEvent, dataText: string | undefined): string {
  if (dataText === undefined) return JSON.stringify(event);
  const { eventData: _replaced, ...rest } = event;
  return `${JSON.stringify(rest).slice(0, -1)},"eventData":${dataText}}`;
}
