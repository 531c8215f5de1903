import type { OpeningView } from '@/server/contracts/locks';
import { openingLifeMs } from '@/server/domain/lock/opening';
import {
  isPhaseRunning,
  type OpeningPhase,
  phaseOf,
  unconfirmedAfterMs,
} from '@/server/domain/lock/predicates';
import type { SendResult } from './send-opening';

export const steps = ['sent', 'accepted', 'confirmed'] as const;
export type Step = (typeof steps)[number];
export type StepState = 'waiting' | 'running' | 'done' | 'stopped';

/** A gesture made on this page. Times are epoch milliseconds of the service's clock. */
export interface Attempt {
  requestId: string;
  startedAt: number;
  isRetrying: boolean;
  result?: SendResult;
  /** Milliseconds from the gesture to the moment this page learned of a step. */
  learnedAfterMs: Partial<Record<Step, number>>;
  /** When this page learned that the door is open. */
  confirmedAt?: number;
}

export interface Progress {
  phase: Exclude<OpeningPhase, 'pending'> | 'asking' | 'retrying' | 'refused' | 'silent';
  startedAt: number;
  /** Something can still happen within the page's patience. */
  isBusy: boolean;
  /** Asked for on this page. */
  isOwn: boolean;
  /** The door was heard of after this opening could move nothing any more; without it silence proves nothing. */
  isHeard: boolean;
  /** How far it came. */
  reached: Step | undefined;
  steps: Record<Step, { state: StepState; afterMs?: number }>;
  opening?: OpeningView;
  refusal?: Extract<SendResult, { kind: 'refused' }>;
}

/** How long a gesture after the news that the door is open is taken for the same one. */
export const sameGestureMs = 2_000;

/** How long an outcome stays on display after its gesture. */
export const shownForMs = 60_000;

function reachedBy(opening: OpeningView): Step | undefined {
  if (opening.status === 'confirmed' || opening.lateReport) return 'confirmed';
  if (opening.status === 'accepted' || opening.acceptedAt !== undefined) return 'accepted';
  return opening.status === 'sent' || opening.sentAt !== undefined ? 'sent' : undefined;
}

const stampOf: Record<Step, 'sentAt' | 'acceptedAt' | 'outcomeAt'> = {
  sent: 'sentAt',
  accepted: 'acceptedAt',
  confirmed: 'outcomeAt',
};

/** Milliseconds from the intent to a step by the service's clock; undefined when it was not reached, or late. */
export function stepAfterMs(opening: OpeningView, step: Step): number | undefined {
  if (step === 'confirmed' && opening.status !== 'confirmed') return undefined;
  const at = opening[stampOf[step]];
  return at === undefined ? undefined : Math.max(0, Date.parse(at) - Date.parse(opening.createdAt));
}

/** More than the network explains: the page was away when it happened, and the service's clock tells it better. */
const learnedTooLateMs = 2_000;

/** An attempt after news of its opening: notes when this page learned of each step. */
export function withNews(attempt: Attempt, opening: OpeningView, now: number): Attempt {
  const reached = reachedBy(opening);
  const learned = { ...attempt.learnedAfterMs };
  for (const step of reached === undefined ? [] : steps.slice(0, steps.indexOf(reached) + 1)) {
    const served = stepAfterMs(opening, step);
    const here = Math.max(0, now - attempt.startedAt);
    if (step === 'confirmed' && opening.lateReport) continue;
    learned[step] ??= served !== undefined && here - served > learnedTooLateMs ? served : here;
  }
  const isNew = opening.status === 'confirmed' && attempt.confirmedAt === undefined;
  return { ...attempt, learnedAfterMs: learned, ...(isNew ? { confirmedAt: now } : {}) };
}

/** An attempt after its request was answered. */
export function withResult(attempt: Attempt, result: SendResult, now: number): Attempt {
  const learnedAfterMs = { ...attempt.learnedAfterMs };
  if (result.kind === 'sent') learnedAfterMs.sent ??= Math.max(0, now - attempt.startedAt);
  return { ...attempt, result, isRetrying: false, learnedAfterMs };
}

function ownPhase(attempt: Attempt, opening: OpeningView | undefined, now: number): Progress['phase'] {
  const isOverdue = now - attempt.startedAt >= unconfirmedAfterMs;
  const { result } = attempt;
  if (opening !== undefined) {
    const phase = phaseOf(opening, now);
    if (isPhaseRunning(phase) && isOverdue) return 'unconfirmed';
    if (phase !== 'pending') return phase;
    if (result?.kind !== 'sent') return attempt.isRetrying ? 'retrying' : 'asking';
    return 'sent';
  }
  if (result?.kind === 'refused' || result?.kind === 'silent') return result.kind;
  if (isOverdue) return 'unconfirmed';
  if (result?.kind === 'sent') return 'sent';
  return attempt.isRetrying ? 'retrying' : 'asking';
}

/** What a lock does at the very end takes this long to be told. */
const toldWithinMs = 500;

/** From when on the silence of a door that was heard of means that nothing came of an opening, epoch milliseconds. */
export const settledAt = (startedAt: number, opening: OpeningView | undefined): number =>
  (opening === undefined ? startedAt + openingLifeMs : Date.parse(opening.expiresAt)) + toldWithinMs;

function stepStates(
  reached: Step | undefined,
  isBusy: boolean,
  afterMs: (step: Step) => number | undefined,
): Progress['steps'] {
  const count = reached === undefined ? 0 : steps.indexOf(reached) + 1;
  const entry = (step: Step) => {
    const index = steps.indexOf(step);
    if (index > count) return { state: 'waiting' as const };
    if (index === count) return { state: isBusy ? ('running' as const) : ('stopped' as const) };
    const after = afterMs(step);
    return { state: 'done' as const, ...(after === undefined ? {} : { afterMs: after }) };
  };
  return { sent: entry('sent'), accepted: entry('accepted'), confirmed: entry('confirmed') };
}

const busyPhases: readonly Progress['phase'][] = ['asking', 'retrying', 'sent', 'accepted', 'unresolved'];

/**
 * Progress of an opening asked for on this page; `opening` is what the service said of it so far, `heardAt` when the door
 * was last heard of with it.
 */
export function ownProgress(
  attempt: Attempt,
  opening: OpeningView | undefined,
  now: number,
  heardAt?: number,
): Progress {
  const phase = ownPhase(attempt, opening, now);
  const isBusy = busyPhases.includes(phase);
  const reached =
    (opening === undefined ? undefined : reachedBy(opening)) ??
    (attempt.result?.kind === 'sent' ? 'sent' : undefined);
  return {
    phase,
    startedAt: attempt.startedAt,
    isBusy,
    isOwn: true,
    isHeard: heardAt !== undefined && heardAt >= settledAt(attempt.startedAt, opening),
    reached,
    steps: stepStates(
      reached,
      isBusy,
      (step) => attempt.learnedAfterMs[step] ?? (opening && stepAfterMs(opening, step)),
    ),
    ...(opening === undefined ? {} : { opening }),
    ...(attempt.result?.kind === 'refused' ? { refusal: attempt.result } : {}),
  };
}

/** Progress of an opening asked for elsewhere, or before this page was loaded, by the service's clock alone. */
export function heardProgress(opening: OpeningView, now: number, heardAt?: number): Progress {
  const phase = phaseOf(opening, now);
  const isBusy = isPhaseRunning(phase);
  const reached = reachedBy(opening);
  const startedAt = Date.parse(opening.createdAt);
  return {
    phase: phase === 'pending' ? 'asking' : phase,
    startedAt,
    isBusy,
    isOwn: false,
    isHeard: heardAt !== undefined && heardAt >= settledAt(startedAt, opening),
    reached,
    steps: stepStates(reached, isBusy, (step) => stepAfterMs(opening, step)),
    opening,
  };
}

/**
 * What to show: the own opening, unless somebody asked for another one after it had ended. One that only joined the own
 * opening is no other. Nothing once it is old.
 */
export function shownProgress(
  own: Progress | undefined,
  heard: Progress | undefined,
  now: number,
): Progress | undefined {
  const isRecent = (progress: Progress | undefined): progress is Progress =>
    progress !== undefined && now - progress.startedAt < shownForMs;
  if (!isRecent(own)) return isRecent(heard) ? heard : undefined;
  if (own.isBusy || !isRecent(heard) || heard.startedAt <= own.startedAt) return own;
  const ownId = own.opening?.id;
  const isSame = ownId !== undefined && (heard.opening?.id === ownId || heard.opening?.joined === ownId);
  return isSame ? own : heard;
}
