'use client';

import { useText } from '../messages/provider';

const known = [
  'LOCK_JAMMED',
  'LOCK_FACTORY_RESET',
  'WRONG_CODE_LIMIT',
  'COVER_REMOVED',
  'DOOR_FORCED',
  'DOOR_AJAR',
  'DOOR_JAMMED',
] as const;

/** What an alarm of a lock says to people; one that nobody knows keeps its own word. */
export function useAlarmText(): (alarm: string) => string {
  const text = useText();
  return (alarm) => {
    const word = known.find((one) => one === alarm);
    return word === undefined ? text('facts.alarm.other', { alarm }) : text(`facts.alarm.${word}`);
  };
}
