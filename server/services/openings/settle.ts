import { and, desc, eq, gt, inArray, isNull, or } from 'drizzle-orm';
import { openings } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { decideReport, type OpeningChange } from '../../domain/lock/opening';
import { openingReachMs } from '../../domain/lock/operation';
import type { LockReport } from '../../domain/lock/report';
import type { HomeEvent } from '../../event-store/outbox';
import type { OpeningRow } from '../locks/view';
import { changeOpening, recordRequested } from './change-opening';

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** How long after its expiry a lock that names no command may still be heard as "opened late". */
const lateReportMs = 120_000;

/** Openings that a report speaks of: the one it names, or the running one when it names none; shared ones follow. */
async function spokenOf(
  executor: Executor,
  lockId: number,
  report: LockReport,
  now: Date,
): Promise<OpeningRow[]> {
  if (report.command !== undefined) {
    const { id } = report.command;
    if (!uuidShape.test(id)) return [];
    return executor
      .select()
      .from(openings)
      .where(and(eq(openings.lockId, lockId), or(eq(openings.id, id), eq(openings.joined, id))));
  }
  const [primary] = await executor
    .select()
    .from(openings)
    .where(
      and(
        eq(openings.lockId, lockId),
        isNull(openings.joined),
        or(
          inArray(openings.status, ['sent', 'accepted', 'unresolved', 'pending']),
          and(eq(openings.status, 'expired'), gt(openings.expiresAt, new Date(now.getTime() - lateReportMs))),
        ),
      ),
    )
    .orderBy(desc(openings.createdAt))
    .limit(1);
  if (primary === undefined) return [];
  const joiners = await executor.select().from(openings).where(eq(openings.joined, primary.id));
  return [primary, ...joiners];
}

/** The openings of a lock that an operation may still come from, newest first. */
export const recentOpenings = (executor: Executor, lockId: number, now: Date): Promise<OpeningRow[]> =>
  executor
    .select()
    .from(openings)
    .where(and(eq(openings.lockId, lockId), gt(openings.createdAt, new Date(now.getTime() - openingReachMs))))
    .orderBy(desc(openings.createdAt))
    .limit(10);

export interface Settled {
  events: HomeEvent[];
  ended: string[];
  /** The openings that the report speaks of, as they stood before it. */
  about: readonly OpeningRow[];
}

/** Applies a lock's report to the openings it speaks of. The caller holds the lock's row. */
export async function settle(
  executor: Executor,
  lockId: number,
  report: LockReport,
  now: Date,
): Promise<Settled> {
  const events: HomeEvent[] = [];
  const ended: string[] = [];
  const about = await spokenOf(executor, lockId, report, now);
  for (const row of about) {
    const named =
      report.command === undefined ? report : { ...report, command: { ...report.command, id: row.id } };
    const change: OpeningChange | undefined = decideReport(row, named, now);
    if (change === undefined) continue;
    const opening = await recordRequested(executor, row, now);
    const changed = await changeOpening(executor, opening, change);
    if (changed.event !== undefined) events.push(changed.event);
    if (change.outcomeAt !== undefined && row.joined === null) ended.push(row.id);
  }
  return { events, ended, about };
}
