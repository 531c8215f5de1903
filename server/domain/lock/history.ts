import type { HistoryEntry, HistoryKind } from '../../contracts/lock-history';
import type { BoltState, DoorState } from '../../contracts/locks';
import { happenedAt, markOf, type OperationReport } from './operation';
import type { LockReport } from './report';

/** What is kept of a lock, as far as changes are told by it. */
export interface KnownLock {
  bolt: BoltState;
  door: DoorState;
  battery: LockReport['battery'] | null;
  alarm: string | null;
  reachable: boolean | null;
}

/** By its members: what was stored comes back with them in another order. */
export const isSameBattery = (
  one: NonNullable<LockReport['battery']>,
  other: LockReport['battery'] | null,
): boolean => one.percent === other?.percent && one.level === other.level;

type Distributed<Entry> = Entry extends { kind: infer Kind }
  ? { kind: Kind; value: Omit<Entry, 'id' | 'at' | 'kind'> }
  : never;
/** One change, without its moment. */
export type HistoryChange = Distributed<HistoryEntry> & {
  /** Whether people read of it in the activity. */
  isTold: boolean;
  /** Tells it from others of its kind, where it may be reported twice. */
  mark?: string;
};

export type HistoryValue = Distributed<HistoryEntry>['value'];

/** Of a lock that nobody knew, what it did this long ago is no news. */
const newsMs = 120_000;

/**
 * The operation of a report as a line of the history. `openingId`: the opening of ours behind it; `codeName`: what the
 * code is called that was typed.
 */
export function operationChange(
  report: OperationReport,
  {
    openingId,
    codeName,
    isFirst,
    now,
  }: { openingId: string | undefined; codeName?: string | undefined; isFirst: boolean; now: Date },
): HistoryChange {
  const { operation, source, slot } = report;
  const at = happenedAt(report, now);
  const mark = markOf(report);
  const isNews = !isFirst || (at !== undefined && at.getTime() > now.getTime() - newsMs);
  return {
    kind: 'operation',
    value: {
      operation,
      source,
      ...(slot === undefined ? {} : { slot }),
      ...(codeName === undefined ? {} : { codeName }),
      ...(at === undefined ? {} : { happenedAt: at.toISOString() }),
      ...(openingId === undefined ? {} : { openingId }),
    },
    isTold: isNews && openingId === undefined,
    ...(mark === undefined ? {} : { mark }),
  };
}

const doorAlarms: Partial<Record<DoorState, string>> = {
  ajar: 'DOOR_AJAR',
  forced: 'DOOR_FORCED',
  jammed: 'DOOR_JAMMED',
};

/** The alarm that stands after a report: what it says, or none where what it was raised for is over. */
export function alarmAfter(known: KnownLock, report: LockReport): string | null {
  if (report.alarm !== undefined) return report.alarm;
  const isJamOver = report.bolt === 'locked' || report.bolt === 'unlocked' || report.bolt === 'unlatched';
  if (known.alarm === 'LOCK_JAMMED' && isJamOver) return null;
  const isOfDoor = Object.values(doorAlarms).includes(known.alarm ?? '');
  return isOfDoor && report.door === 'closed' ? null : known.alarm;
}

/** What a report changes of a lock, in the order in which it is read. */
export function stateChanges(known: KnownLock, report: LockReport): HistoryChange[] {
  const changes: HistoryChange[] = [];
  const add = (kind: HistoryKind, value: HistoryValue, isTold = false) =>
    changes.push({ kind, value, isTold } as HistoryChange);
  const { bolt, door, battery } = report;
  const alarm = alarmAfter(known, report);
  const isNewAlarm = alarm !== known.alarm;
  const raised = isNewAlarm ? alarm : null;
  if (bolt !== undefined && bolt !== known.bolt)
    add('bolt', { bolt }, bolt === 'jammed' && alarm !== 'LOCK_JAMMED');
  // A door that says so itself is not told twice.
  const isOfDoor = door !== undefined && door !== known.door && doorAlarms[door] !== undefined;
  if (door !== undefined && door !== known.door)
    add('door', { door }, isOfDoor && doorAlarms[door] !== raised);
  if (battery !== undefined && !isSameBattery(battery, known.battery)) add('battery', battery);
  if (isNewAlarm) add('alarm', { alarm }, alarm !== null);
  const reachable = report.reachable ?? true;
  if (reachable !== known.reachable) add('reachability', { reachable });
  return changes;
}

/** The word of the alarm that a change is told for. */
export function alarmOf({ alarm, door }: { alarm?: unknown; door?: unknown }): string {
  if (typeof alarm === 'string') return alarm;
  return doorAlarms[door as DoorState] ?? 'LOCK_JAMMED';
}
