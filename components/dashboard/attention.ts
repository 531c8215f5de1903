import type { DoorView } from '@/server/contracts/locks';
import { describe } from '@/server/domain/lock/predicates';

export type AttentionKind =
  | 'forced'
  | 'jammed'
  | 'contact'
  | 'batteryCritical'
  | 'notFullyLocked'
  | 'hubUnreachable'
  | 'unreachable'
  | 'silent'
  | 'batteryLow'
  | 'invitationsExpired'
  | 'invitationsWaiting';

/** Something that a person should do something about, and where that is done. */
export interface Attention {
  kind: AttentionKind;
  id: string;
  homeName: string;
  href: string;
  /** The door or hub; absent where it is about the home. */
  itemName?: string;
  timezone?: string | undefined;
  /** Since when, where that is known. */
  since?: string | undefined;
  count?: number;
}

interface WatchedHome {
  id: number;
  name: string;
  timezone?: string | undefined;
  role: 'owner' | 'member' | 'guest';
  invitations: { waiting: number; expired: number };
  lostHubs: readonly { id: string; serial: string; since?: string | undefined }[];
}

/** The most urgent first. */
const urgency: readonly AttentionKind[] = [
  'forced',
  'jammed',
  'contact',
  'batteryCritical',
  'notFullyLocked',
  'hubUnreachable',
  'unreachable',
  'silent',
  'batteryLow',
  'invitationsExpired',
  'invitationsWaiting',
];

function kindsOf(door: DoorView, now: number): AttentionKind[] {
  const { condition, contact } = describe(door, now);
  const kinds: AttentionKind[] = [];
  if (contact === 'forced') kinds.push('forced');
  if (contact === 'jammed') kinds.push('contact');
  if (condition === 'jammed') kinds.push('jammed');
  if (condition === 'not-fully-locked') kinds.push('notFullyLocked');
  if (condition === 'unreachable') kinds.push('unreachable');
  if (door.reachable === undefined) kinds.push('silent');
  if (door.battery?.level === 'critical') kinds.push('batteryCritical');
  if (door.battery?.level === 'low') kinds.push('batteryLow');
  return kinds;
}

/** What needs attention across homes at `now` (epoch milliseconds of the service's clock), the most urgent first. */
export function attentionOf(
  doors: readonly DoorView[],
  homes: readonly WatchedHome[],
  now: number,
): Attention[] {
  const atDoors = doors.flatMap((door) =>
    kindsOf(door, now).map((kind) => ({
      kind,
      id: `${kind} ${door.lockId}`,
      homeName: door.homeName,
      itemName: door.name,
      timezone: door.timezone,
      href: `/dashboard/locks/${door.lockId}`,
      since: kind === 'unreachable' ? door.reachableSince : undefined,
    })),
  );
  const atHomes = homes.flatMap(({ id, name, role, invitations }): Attention[] => {
    if (role !== 'owner') return [];
    const of = (kind: AttentionKind, count: number): Attention[] =>
      count === 0
        ? []
        : [{ kind, id: `${kind} ${id}`, homeName: name, href: `/dashboard/homes/${id}/members`, count }];
    return [
      ...of('invitationsExpired', invitations.expired),
      ...of('invitationsWaiting', invitations.waiting),
    ];
  });
  const atHubs = homes.flatMap(({ id: homeId, name, timezone, lostHubs }) =>
    lostHubs.map(
      ({ id, serial, since }): Attention => ({
        kind: 'hubUnreachable',
        id: `hubUnreachable ${id}`,
        homeName: name,
        itemName: serial,
        timezone,
        href: `/dashboard/homes/${homeId}/hubs/${id}`,
        since,
      }),
    ),
  );
  return [...atDoors, ...atHubs, ...atHomes].sort(
    (one, other) => urgency.indexOf(one.kind) - urgency.indexOf(other.kind),
  );
}
