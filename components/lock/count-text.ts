import type { DoorView } from '@/server/contracts/locks';
import type { DoorCount } from '@/server/domain/lock/predicates';
import type { TextOf } from '../messages/lookup';

export interface Reach {
  /** Nothing is heard of the doors now. */
  isOld: boolean;
  /** There may be doors that the viewer does not see. */
  isPart: boolean;
}

/** What is known of a viewer's doors beside how they stand: a guest sees some doors of a home. */
export const reachOf = (doors: readonly DoorView[], isOld: boolean): Reach => ({
  isOld,
  isPart: doors.some(({ role }) => role === 'guest'),
});

/** One line on all doors that never claims more than is known. */
export function countText(
  { total, locked, notLocked, unknown }: DoorCount,
  { isOld, isPart }: Reach,
  text: TextOf,
): string {
  if (total === 1) {
    if (unknown === 1) return text('doors.single.unknown');
    if (isOld) return text(locked === 1 ? 'doors.single.wasLocked' : 'doors.single.wasNotLocked');
    return text(locked === 1 ? 'doors.all.one' : 'doors.single.notLocked');
  }
  if (locked === total && !isOld && !isPart) return text('doors.all.other', { count: total });
  return [
    text(isOld ? 'doors.wereLocked' : 'doors.locked', { locked, total }),
    ...(notLocked === 0 ? [] : [text('doors.notLocked', { count: notLocked })]),
    ...(unknown === 0 ? [] : [text('doors.unknown', { count: unknown })]),
  ].join(', ');
}
