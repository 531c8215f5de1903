'use client';

import { clsx } from 'clsx';
import { Ban, Check, CircleHelp, Clock3, type LucideIcon, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { Fragment } from 'react';
import type { OpeningView } from '@/server/contracts/locks';
import { useText } from '../messages/provider';
import { useNow } from '../time/clock';
import { durationText } from '../time/format';
import { buttonClass } from '../ui/button';
import { type Progress, type StepState, steps } from './opening-progress';
import { type ProgressTone, progressText } from './progress-text';

const tickMs = 100;

/** A clock that runs since the gesture. */
function RunningClock({ startedAt }: { startedAt: number }) {
  const text = useText();
  return <>{durationText(useNow(tickMs) - startedAt, text)}</>;
}

const dotClass: Record<StepState, string> = {
  waiting: 'border-2 border-dashed border-line-strong text-ink-faint',
  running: 'border-2 border-accent text-accent',
  done: 'bg-accent text-on-accent',
  stopped: 'border-2 border-alarm text-alarm',
};
const dotIcon: Partial<Record<StepState, LucideIcon>> = { running: Clock3, done: Check, stopped: Ban };

function StepTrack({ progress }: { progress: Progress | undefined }) {
  const text = useText();
  return (
    <ol aria-label={text('step.label')} className="flex items-start">
      {steps.map((step, index) => {
        const { state, afterMs } = progress?.steps[step] ?? { state: 'waiting' as const };
        const Icon = dotIcon[state];
        const isReached = state === 'done';
        return (
          <Fragment key={step}>
            {index === 0 ? null : (
              <li
                aria-hidden
                className={clsx('mt-4 h-0.5 min-w-2 flex-1', isReached ? 'bg-accent' : 'bg-line')}
              />
            )}
            <li className="flex w-22 flex-col items-center text-center sm:w-26">
              <span className={clsx('grid size-8 place-items-center rounded-full', dotClass[state])}>
                {Icon === undefined ? null : <Icon aria-hidden className="size-4.5" strokeWidth={2.5} />}
              </span>
              <span
                className={clsx(
                  'mt-1.5 text-[0.9375rem] font-semibold',
                  state === 'waiting' && 'text-ink-soft',
                )}
              >
                {text(`step.${step}`)}
                <span className="sr-only">, {text(`step.${state}`)}</span>
              </span>
              <span className="min-h-5 text-sm text-ink-soft tabular-nums">
                {state === 'running' && progress !== undefined ? (
                  <RunningClock startedAt={progress.startedAt} />
                ) : afterMs === undefined ? null : (
                  durationText(afterMs, text)
                )}
              </span>
            </li>
          </Fragment>
        );
      })}
    </ol>
  );
}

const toneClass: Record<ProgressTone, string> = {
  plain: 'text-ink-soft',
  running: 'text-accent',
  good: 'text-calm',
  bad: 'text-alarm',
  unsure: 'text-notice',
};
const toneIcon: Record<ProgressTone, LucideIcon> = {
  plain: Check,
  running: Clock3,
  good: Check,
  bad: TriangleAlert,
  unsure: CircleHelp,
};

interface OpeningStepsProps {
  progress: Progress | undefined;
  joinedTo: OpeningView | undefined;
  /** Where to sign in again and come back to. */
  signInHref: string;
}

/** The way of an opening in three honest steps: sent, accepted, confirmed. Each has its clock, and none is guessed. */
export function OpeningSteps({ progress, joinedTo, signInHref }: OpeningStepsProps) {
  const text = useText();
  const shown = progress === undefined ? undefined : progressText(progress, text);
  const Icon = shown === undefined ? undefined : toneIcon[shown.tone];
  const opening = progress?.opening;
  const isOthers = progress !== undefined && !progress.isOwn && progress.phase !== 'confirmed';
  return (
    <section className="rounded-2xl bg-sunken/70 px-3 py-4 sm:px-5">
      <div role="status" className="mb-4 min-h-22 px-1">
        <p
          className={clsx(
            'flex items-center gap-2 text-lg font-semibold',
            shown === undefined ? '' : toneClass[shown.tone],
          )}
        >
          {Icon === undefined ? null : <Icon aria-hidden className="size-5 shrink-0" strokeWidth={2.5} />}
          {shown?.title ?? text('progress.idle')}
        </p>
        <p className="text-[0.9375rem] text-pretty text-ink-soft">
          {shown?.detail ?? text('progress.idle.more')}
        </p>
        {isOthers && opening !== undefined ? (
          <p className="text-sm text-ink-soft">{text('progress.by', { who: opening.who.name })}</p>
        ) : null}
        {opening?.joined === undefined ? null : (
          <p className="text-sm font-medium">
            {joinedTo === undefined
              ? text('progress.joinsAnother')
              : text('progress.joins', { who: joinedTo.who.name })}
          </p>
        )}
        {progress?.refusal?.requestId === undefined ? null : (
          <p className="text-sm break-all text-ink-soft">
            {text('progress.requestId', { id: progress.refusal.requestId })}
          </p>
        )}
      </div>
      {progress?.refusal?.status === 401 ? (
        <p className="mb-4">
          <Link href={signInHref} prefetch={false} className={buttonClass('primary')}>
            {text('progress.signIn')}
          </Link>
        </p>
      ) : null}
      <StepTrack progress={progress} />
    </section>
  );
}
