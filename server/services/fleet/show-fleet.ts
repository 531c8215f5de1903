import { type SQL, sql } from 'drizzle-orm';
import type { Fleet, FleetFigures, showFleet as operation } from '../../contracts/fleet';
import type { InputOf } from '../../contracts/operation';
import { toTimestamp } from '../../contracts/values';
import type { Executor } from '../../db/client';
import { databaseCode } from '../../db/errors';
import { Failure, invalidField } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { type StaffPrincipal, worksFor } from '../../domain/principal';
import { quantile, type Step } from '../../domain/quantile';
import { requireStaffPrincipal } from '../console/load-supported';
import type { Caller, Deps } from '../deps';
import {
  type Count,
  deviceEventsQuery,
  edgesQuery,
  messagesQuery,
  openingsQuery,
  reachQuery,
  refusalsQuery,
} from './fleet-sql';

const dayMs = 86_400_000;
const daysMost = { day: 62, hour: 7 } as const;
/** A statement that takes longer is given up: whoever looks at charts does not wait, and the doors come first. */
const patienceMs = 10_000;

/** Undefined: every project. Raises `not_found` for one that is none of theirs. */
function projectsOf(staff: StaffPrincipal, project: number | undefined): readonly number[] | undefined {
  if (project === undefined) return staff.projects === 'all' ? undefined : staff.projects;
  if (!worksFor(staff, project)) throw new Failure('not_found', { reason: 'NOT_FOUND' });
  return [project];
}

const noFigures = (): FleetFigures => ({
  openings: { confirmed: 0, failed: 0, expired: 0, running: 0, refused: 0 },
  deviceEvents: 0,
  messages: {
    mail: { count: 0, failed: 0 },
    sms: { count: 0, failed: 0 },
    push: { count: 0, failed: 0 },
    webhook: { count: 0, failed: 0 },
  },
});

interface Piece extends Record<string, unknown> {
  /** From 1. */
  piece: number | null;
  count: number;
}
interface OpeningsOfPiece extends Piece {
  status: 'confirmed' | 'failed' | 'expired' | 'running';
  /** Milliseconds, those that took least first; null: no time of their own. */
  took: number | null;
}

function latencyOf(steps: readonly Step[]): NonNullable<FleetFigures['latency']> {
  const timed = steps.reduce((sum, { count }) => sum + count, 0);
  const at = (share: number) => Math.round(quantile(steps, share));
  return { count: timed, p50Ms: at(0.5), p95Ms: at(0.95) };
}

/** Counts everything of the pieces; the first set of figures is that of all of them. */
async function figuresOf(tx: Executor, count: Count): Promise<FleetFigures[]> {
  const all = Array.from({ length: count.edges.length }, noFigures);
  const [total] = all as [FleetFigures, ...FleetFigures[]];
  const inEach = (row: Piece, add: (figures: FleetFigures) => void) => {
    const piece = all[row.piece ?? 0];
    if (piece === undefined) return;
    add(piece);
    if (row.piece !== null) add(total);
  };
  const times = new Map<FleetFigures, Step[]>();
  for (const row of await tx.execute<OpeningsOfPiece>(openingsQuery(count)))
    inEach(row, (figures) => {
      figures.openings[row.status] += row.count;
      if (row.took === null) return;
      const steps = times.get(figures);
      if (steps === undefined) times.set(figures, [{ value: row.took, count: row.count }]);
      else steps.push({ value: row.took, count: row.count });
    });
  for (const [figures, steps] of times) figures.latency = latencyOf(steps);
  for (const row of await tx.execute<Piece>(refusalsQuery(count)))
    inEach(row, ({ openings }) => {
      openings.refused += row.count;
    });
  for (const row of await tx.execute<Piece>(deviceEventsQuery(count)))
    inEach(row, (figures) => {
      figures.deviceEvents += row.count;
    });
  type Sent = Piece & { way: keyof FleetFigures['messages']; failed: number };
  for (const row of await tx.execute<Sent>(messagesQuery(count)))
    inEach(row, ({ messages }) => {
      messages[row.way].count += row.count;
      messages[row.way].failed += row.failed;
    });
  return all;
}

async function reachOf(tx: Executor, query: SQL): Promise<Fleet['now']> {
  const [row] = await tx.execute<Record<string, number>>(query);
  const of = (name: string) => ({ connected: row?.[`${name}_connected`] ?? 0, total: row?.[name] ?? 0 });
  return { devices: of('devices'), locks: of('locks'), hubs: of('hubs') };
}

/**
 * GET /staff/fleet (ours): what happened in the projects that somebody works for, in pieces of a time none of which is
 * left out, and who can be reached now. Raises `not_found` for a project that is none of theirs, `invalid` for a time
 * that ends before it begins or is too long, `unavailable` when counting takes too long.
 */
export async function showFleet(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { principal }: Pick<Caller, 'principal'>,
  { query }: Pick<InputOf<typeof operation>, 'query'>,
): Promise<Fleet> {
  authorise('staff.fleet', principal);
  const projectIds = projectsOf(requireStaffPrincipal(principal), query.project);
  const { by, timezone } = query;
  const [from, to] = [new Date(query.from), new Date(query.to)];
  if (to < from) throw invalidField('to', 'must not lie before from');
  // An hour more: a calendar month in which the clocks go back is not too long.
  if (to.getTime() - from.getTime() > daysMost[by] * dayMs + dayMs / 24)
    throw invalidField('to', `must lie within ${daysMost[by]} days of from, where it is by ${by}`);
  try {
    return await db.transaction(
      async (tx) => {
        // To compile a statement takes longer than to run it, and groups are few: they are never sorted for.
        await tx.execute(sql`
          select set_config('statement_timeout', ${String(patienceMs)}, true), set_config('jit', 'off', true),
            set_config('work_mem', '32MB', true), set_config('enable_sort', 'off', true)`);
        const rows = await tx.execute<{ edge: string }>(edgesQuery(from, to, by, timezone));
        const edges = rows.map(({ edge }) => toTimestamp(new Date(edge)));
        const [total = noFigures(), ...pieces] = await figuresOf(tx, { projectIds, edges });
        return {
          by,
          timezone,
          from: edges[0] ?? query.from,
          to: edges.at(-1) ?? query.to,
          now: await reachOf(tx, reachQuery({ projectIds }, clock.now())),
          total,
          buckets: pieces.map((figures, index) => ({
            from: edges[index] ?? '',
            to: edges[index + 1] ?? '',
            ...figures,
          })),
        };
      },
      { accessMode: 'read only' },
    );
  } catch (error) {
    if (databaseCode(error) !== '57014') throw error;
    throw new Failure('unavailable', {
      message: 'Counting takes too long. Choose a shorter time, or one project.',
      cause: error,
    });
  }
}
