import { eq } from 'drizzle-orm';
import { locks } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { isSameJson, type JsonObject } from '../../domain/json';
import { withAbilities } from '../../domain/lock/abilities';
import {
  alarmAfter,
  type HistoryChange,
  isSameBattery,
  operationChange,
  stateChanges,
} from '../../domain/lock/history';
import { isSameOperation, mayFollowOpening, openingBehind } from '../../domain/lock/operation';
import { readKeypad } from '../../domain/lock/pin';
import { type LockReport, readLockReport } from '../../domain/lock/report';
import { type HomeEvent, record } from '../../event-store/outbox';
import { settleReports } from '../lock-keys/settle-reports';
import { nameOfCode } from '../lock-pins/name-of-code';
import { settlePinReport } from '../lock-pins/take-outcome';
import type { EndedCommand } from '../openings/commands-to-withdraw';
import { recentOpenings, settle } from '../openings/settle';
import { addHistory } from './add-history';
import { type LockRow, lockThing } from './load-lock';
import { type OpeningRow, toDoorReport } from './view';

/** What a report changes of the lock's own row; undefined when nothing. */
function changed(
  lock: LockRow,
  reported: JsonObject,
  report: LockReport,
  now: Date,
): Partial<LockRow> | undefined {
  const change: Partial<LockRow> = {};
  if (report.bolt !== undefined && report.bolt !== lock.bolt) {
    change.bolt = report.bolt;
    change.boltSince = now;
  }
  if (report.door !== undefined && report.door !== lock.door) change.door = report.door;
  if (report.battery !== undefined && !isSameBattery(report.battery, lock.battery)) {
    change.battery = report.battery;
  }
  const keypad = readKeypad(lock.keypad, reported);
  if (!isSameJson({ ...keypad }, { ...lock.keypad })) change.keypad = keypad;
  const reachable = report.reachable ?? true;
  if (reachable !== lock.reachable) {
    change.reachable = reachable;
    change.reachableSince = now;
  }
  const alarm = alarmAfter(lock, report);
  if (alarm !== lock.alarm) change.alarm = alarm;
  if (report.abilities !== undefined) {
    const features = withAbilities(lock.features, report.abilities);
    if (features.join() !== lock.features?.join()) change.features = features;
  }
  if (report.attestation !== undefined && report.attestation !== lock.attestation)
    change.attestation = report.attestation;
  return Object.keys(change).length === 0 ? undefined : change;
}

/** The operation that a report tells for the first time, as far as the lock's own row knows. */
async function newOperation(
  executor: Executor,
  lock: LockRow,
  { operation }: LockReport,
  about: readonly OpeningRow[],
  now: Date,
): Promise<HistoryChange | undefined> {
  if (operation === undefined || isSameOperation(operation, lock.lastOperation)) return undefined;
  const behind =
    openingBehind(operation, about, now) ??
    (mayFollowOpening(operation)
      ? openingBehind(operation, await recentOpenings(executor, lock.id, now), now)
      : undefined);
  const codeName =
    operation.slot === undefined ? undefined : await nameOfCode(executor, lock.id, operation.slot);
  return operationChange(operation, {
    openingId: behind,
    codeName,
    isFirst: lock.lastOperation === null,
    now,
  });
}

export interface RecordedReport {
  events: HomeEvent[];
  /** Commands that this report ended: they are to be withdrawn. */
  ended: EndedCommand[];
}

/**
 * `late`: a newer report was taken in before, so only openings that it names by their command are settled. `state`: read
 * from where the shadow stands, so an opening is settled only if it is named.
 */
export type ReportKind = 'new' | 'late' | 'state';

/**
 * Takes in what a lock reported, in the transaction that stores its shadow: the door's state follows, openings are
 * settled. `reported` holds the members that this report touched, merged with what stood there before.
 */
export async function recordReport(
  executor: Executor,
  lockUuid: string,
  reported: JsonObject,
  now: Date,
  kind: ReportKind = 'new',
): Promise<RecordedReport> {
  const [lock] = await executor.select().from(locks).where(eq(locks.uuid, lockUuid)).for('update');
  if (lock === undefined) return { events: [], ended: [] };
  const report = readLockReport(reported);
  const {
    events,
    ended: openings,
    about,
  } = kind === 'new' || report.command !== undefined
    ? await settle(executor, lock.id, report, now)
    : { events: [], ended: [], about: [] };
  await settleReports(executor, lock.id, reported);
  const thing = lockThing(lockUuid);
  const ended = openings.map((id): EndedCommand => ({ id, thing, of: 'opening' }));
  const pin = await settlePinReport(executor, lock, reported, now);
  if (pin !== undefined) {
    ended.push({ id: pin.ended, thing, of: 'pin' });
    if (pin.line !== undefined) events.push(pin.line);
  }
  const operated = await newOperation(executor, lock, report, about, now);
  if (kind === 'late') {
    if (operated !== undefined) await addHistory(executor, lock, [operated], now);
    return { events, ended };
  }
  const change = changed(lock, reported, report, now);
  const changes = [...(operated === undefined ? [] : [operated]), ...stateChanges(lock, report)];
  const isSpokenOf = report.bolt !== undefined || change !== undefined || operated !== undefined;
  const row = {
    ...change,
    ...(operated === undefined || report.operation === undefined ? {} : { lastOperation: report.operation }),
    reportedAt: now,
  };
  const isNews = change !== undefined || operated?.isTold === true;
  // Sent together; the transaction keeps them whole.
  const [, , event] = await Promise.all([
    isSpokenOf ? executor.update(locks).set(row).where(eq(locks.id, lock.id)) : undefined,
    changes.length === 0 ? undefined : addHistory(executor, lock, changes, now),
    isNews && lock.homeId !== null
      ? record(executor, lock.homeId, 'door', toDoorReport({ ...lock, ...change, reportedAt: now }))
      : undefined,
  ]);
  if (event !== undefined) events.push(event);
  return { events, ended };
}
