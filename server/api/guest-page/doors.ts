import type { Visit, VisitDoor } from '../../services/links/find-visit';
import type { Bolt } from './drawing';
import type { Messages } from './messages';
import { usesWords } from './words';

export const nameOf = (door: VisitDoor): string => door.label ?? door.lock.name;

export const isOffline = ({ lock }: VisitDoor): boolean => lock.reachable !== true;

/** What may be drawn of a door's bolt; nothing of a lock that is out of reach. */
export function boltOf(door: VisitDoor): Bolt {
  if (isOffline(door)) return 'unknown';
  const { bolt } = door.lock;
  if (bolt === 'locked') return 'out';
  return bolt === 'unlocked' || bolt === 'unlatched' ? 'in' : 'unknown';
}

/** What an open page is told again and again of the doors it shows, so that it never shows what was. */
export function doorsNow(visit: Visit, texts: Messages) {
  return {
    doors: visit.doors.map((door) => ({ id: door.id, bolt: boltOf(door), isOffline: isOffline(door) })),
    uses: usesWords(visit.link, texts),
  };
}
