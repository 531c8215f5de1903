import type { CommandReport } from './commissioning';

/** What a hub was last told of a lock that is not its own any more. */
export interface Removal {
  /** Of the command. */
  id: string;
  thing: string;
  /** The lock could not be reached: the hub is to forget it without asking it. */
  isForced: boolean;
  /** In a row. */
  failures: number;
  /** Epoch milliseconds before which this hub is told nothing more of the kind. */
  dueAt: number;
  /** What came of it was heard. */
  isOver?: boolean;
}

/** What a hub is to be told. */
export type WantedRemoval = Pick<Removal, 'thing' | 'isForced' | 'failures'>;

const pauseFirstMs = 15_000;
const pauseMostMs = 3_600_000;

/**
 * The next lock that a hub is to give up, one at a time and each in its turn; undefined: none, or not yet. `things`: those
 * that it says it has and that are not its own.
 */
export function nextRemoval(
  last: Removal | undefined,
  things: readonly string[],
  now: Date,
): WantedRemoval | undefined {
  if (last !== undefined && last.dueAt > now.getTime()) return undefined;
  const failures = last?.failures ?? 0;
  if (last?.isForced === true && things.includes(last.thing))
    return { thing: last.thing, isForced: true, failures };
  const inTurn = [...things].sort();
  const thing = inTurn.find((one) => one > (last?.thing ?? '')) ?? inTurn[0];
  return thing === undefined ? undefined : { thing, isForced: false, failures };
}

/**
 * What a hub's report means for the removal that it names; undefined when it is not over. A lock that does not answer is
 * forgotten at the next try (matter-hub 6); anything else is tried again, ever more rarely. A hub says the same again
 * whenever it connects: that changes nothing.
 */
export function settleRemoval(last: Removal, report: CommandReport, now: Date): Removal | undefined {
  if (report.id !== last.id || report.state === 'accepted') return undefined;
  if (last.isOver === true) return last;
  const over = { ...last, isOver: true, dueAt: now.getTime() };
  const isGone = report.state === 'succeeded' || report.error === 'UNKNOWN_LOCK';
  if (isGone) return { ...over, isForced: false, failures: 0 };
  if (!last.isForced && report.error?.startsWith('LOCK_') === true) return { ...over, isForced: true };
  const failures = last.failures + 1;
  const pauseMs = Math.min(pauseMostMs, pauseFirstMs * 2 ** Math.min(failures, 20));
  return { ...over, isForced: false, failures, dueAt: now.getTime() + pauseMs };
}
