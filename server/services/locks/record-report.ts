import { eq } from 'drizzle-orm';
import { locks } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { isSameJson, type JsonObject } from '../../domain/json';
import { readKeypad } from '../../domain/lock/pin';
import { type LockReport, readLockReport } from '../../domain/lock/report';
import { type HomeEvent, record } from '../../event-store/outbox';
import { settleReports } from '../lock-keys/settle-reports';
import { settlePinReport } from '../lock-pins/take-outcome';
import type { EndedCommand } from '../openings/commands-to-withdraw';
import { settle } from '../openings/settle';
import { type LockRow, lockThing } from './load-lock';
import { toDoorReport } from './view';

/** What a report changes of the lock's own state; undefined when nothing that anyone is shown. */
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
  if (report.battery !== undefined && JSON.stringify(report.battery) !== JSON.stringify(lock.battery)) {
    change.battery = report.battery;
  }
  const keypad = readKeypad(lock.keypad, reported);
  if (!isSameJson({ ...keypad }, { ...lock.keypad })) change.keypad = keypad;
  const reachable = report.reachable ?? true;
  if (reachable !== lock.reachable) {
    change.reachable = reachable;
    change.reachableSince = now;
  }
  return Object.keys(change).length === 0 ? undefined : change;
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
  const { events, ended: openings } =
    kind === 'new' || report.command !== undefined
      ? await settle(executor, lock.id, report, now)
      : { events: [], ended: [] };
  await settleReports(executor, lock.id, reported);
  const thing = lockThing(lockUuid);
  const ended = openings.map((id): EndedCommand => ({ id, thing, of: 'opening' }));
  const pin = await settlePinReport(executor, lock, reported, now);
  if (pin !== undefined) {
    ended.push({ id: pin.ended, thing, of: 'pin' });
    if (pin.line !== undefined) events.push(pin.line);
  }
  if (kind === 'late') return { events, ended };
  const change = changed(lock, reported, report, now);
  const isSpokenOf = report.bolt !== undefined || change !== undefined;
  if (isSpokenOf)
    await executor
      .update(locks)
      .set({ ...change, reportedAt: now })
      .where(eq(locks.id, lock.id));
  if (change !== undefined && lock.homeId !== null) {
    const event = await record(
      executor,
      lock.homeId,
      'door',
      toDoorReport({ ...lock, ...change, reportedAt: now }),
    );
    if (event !== undefined) events.push(event);
  }
  return { events, ended };
}
