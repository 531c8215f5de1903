'use client';

import { clsx } from 'clsx';
import { Ban, Check, CircleHelp, Clock3, type LucideIcon, TriangleAlert } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { CommissioningView } from '@/server/contracts/hubs';
import { useText } from '../messages/provider';
import { useNow, useServerTime } from '../time/clock';
import { durationText } from '../time/format';
import { Moment } from '../time/moment';
import {
  causeOf,
  isPairing,
  type SeenStages,
  type StageShown,
  stageOf,
  stagesOf,
  withSeen,
} from './pairing-progress';

const tickMs = 250;

const dotClass: Record<StageShown['state'], string> = {
  waiting: 'border-2 border-dashed border-line-strong',
  running: 'border-2 border-accent text-accent',
  done: 'bg-accent text-on-accent',
  stopped: 'border-2 border-alarm text-alarm',
};
const dotIcon: Partial<Record<StageShown['state'], LucideIcon>> = {
  running: Clock3,
  done: Check,
  stopped: Ban,
};

/** Stages with the moments at which this page saw them pass. */
function useSeenStages(attempt: CommissioningView): SeenStages {
  const serverTime = useServerTime();
  const before = useRef<CommissioningView>(undefined);
  const [seen, setSeen] = useState<SeenStages>({});
  useEffect(() => {
    const last = before.current;
    before.current = attempt;
    setSeen((known) => withSeen(last?.id === attempt.id ? known : {}, last, attempt, serverTime()));
  }, [attempt, serverTime]);
  return seen;
}

function RunningClock({ since }: { since: number }) {
  const text = useText();
  return <>{durationText(useNow(tickMs) - since, text)}</>;
}

function TimeLeft({ until }: { until: number }) {
  const text = useText();
  const left = Math.max(0, until - useNow(1_000));
  const time = `${Math.floor(left / 60_000)}:${String(Math.floor(left / 1_000) % 60).padStart(2, '0')}`;
  return <>{text('hub.pair.left', { time })}</>;
}

/** What is happening, or what came of it, in words. */
function Headline({ attempt }: { attempt: CommissioningView }) {
  const text = useText();
  if (attempt.status === 'succeeded' || attempt.late) {
    const what = attempt.late
      ? 'hub.done.late'
      : attempt.lockId === undefined
        ? 'hub.done.other'
        : 'hub.done.text';
    return (
      <>
        <p className="flex items-center gap-2 text-xl font-semibold text-calm">
          <Check aria-hidden className="size-6 shrink-0" strokeWidth={2.5} />
          {text('hub.done.title')}
        </p>
        <p className="text-pretty text-ink-soft">{text(what)}</p>
      </>
    );
  }
  if (isPairing(attempt) && attempt.status !== 'unresolved') {
    const stage = stageOf(attempt);
    return (
      <>
        <p className="flex items-center gap-2 text-xl font-semibold text-accent">
          <Clock3 aria-hidden className="size-6 shrink-0" strokeWidth={2.5} />
          {text('hub.running.title')}
        </p>
        <p className="text-pretty text-ink-soft">
          {text(stage === 'accepted' ? 'hub.running.sent' : `hub.running.${stage}`)}
        </p>
      </>
    );
  }
  const cause = causeOf(attempt);
  const isUnsure = cause === 'silent';
  const Icon = isUnsure ? CircleHelp : TriangleAlert;
  return (
    <>
      <p
        className={clsx(
          'flex items-center gap-2 text-xl font-semibold',
          isUnsure ? 'text-notice' : 'text-alarm',
        )}
      >
        <Icon aria-hidden className="size-6 shrink-0" strokeWidth={2.5} />
        {text(`hub.cause.${cause}.title`)}
      </p>
      <p className="text-pretty text-ink-soft">{text(`hub.cause.${cause}.text`)}</p>
      {cause === 'other' && attempt.message !== undefined ? (
        <p className="text-pretty break-words text-ink-soft">
          {text('hub.cause.said', { message: attempt.message })}
        </p>
      ) : null}
    </>
  );
}

/** The way of a pairing, told live from the hub; each step that was seen has its clock. */
export function PairingSteps({ attempt, zone }: { attempt: CommissioningView; zone: string | undefined }) {
  const text = useText();
  const seen = useSeenStages(attempt);
  const startedAt = Date.parse(attempt.createdAt);
  return (
    <div className="flex flex-col gap-5">
      <div role="status" className="min-h-22">
        <Headline attempt={attempt} />
      </div>
      <ol aria-label={text('hub.pair.steps')} className="flex flex-col">
        {stagesOf(attempt, seen).map(({ stage, state, afterMs }, index) => {
          const Icon = dotIcon[state];
          return (
            <li key={stage} className="relative flex min-h-12 items-start gap-3">
              {index === 0 ? null : (
                <span
                  aria-hidden
                  className={clsx(
                    'absolute -top-3.5 left-[0.9375rem] h-3 w-0.5 rounded-full',
                    state === 'waiting' ? 'bg-line' : 'bg-accent',
                  )}
                />
              )}
              <span className={clsx('grid size-8 shrink-0 place-items-center rounded-full', dotClass[state])}>
                {Icon === undefined ? null : <Icon aria-hidden className="size-4.5" strokeWidth={2.5} />}
              </span>
              <span className={clsx('flex-1 pt-1', state === 'waiting' ? 'text-ink-soft' : 'font-semibold')}>
                {text(`hub.step.${stage}`)}
                <span className="sr-only">, {text(`step.${state}`)}</span>
              </span>
              <span className="pt-1 text-[0.9375rem] text-ink-soft tabular-nums">
                {state === 'running' ? (
                  <RunningClock since={startedAt} />
                ) : afterMs === undefined ? null : (
                  durationText(afterMs, text)
                )}
              </span>
            </li>
          );
        })}
      </ol>
      <p className="text-sm text-ink-soft">
        <BegunBy attempt={attempt} zone={zone} />
        {isPairing(attempt) ? (
          <>
            {' · '}
            <TimeLeft until={Date.parse(attempt.expiresAt)} />
          </>
        ) : null}
      </p>
    </div>
  );
}

/** Who began it and when: two browsers at once see the same pairing. */
function BegunBy({ attempt, zone }: { attempt: CommissioningView; zone: string | undefined }) {
  const text = useText();
  const [before = '', after = ''] = text('hub.pair.begun', { who: attempt.who.name, when: '\u0000' }).split(
    '\u0000',
  );
  return (
    <>
      {before}
      <Moment at={attempt.createdAt} zone={zone} />
      {after}
    </>
  );
}
