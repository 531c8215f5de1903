'use client';

import { clsx } from 'clsx';
import { Ban, Check, CircleHelp, Clock3, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { OpeningView } from '@/server/contracts/locks';
import { useText } from '../messages/provider';
import { useNow } from '../time/clock';
import { durationText } from '../time/format';
import { buttonClass } from '../ui/button';
import { Link } from '../ui/link';
import { type Progress, type StepState, steps } from './opening-progress';
import { type ProgressTone, progressText } from './progress-text';

const tickMs = 100;

/** A clock that runs since the gesture. */
function RunningClock({ startedAt }: { startedAt: number }) {
  const text = useText();
  return <>{durationText(useNow(tickMs) - startedAt, text)}</>;
}

type Dot = StepState | 'unsure';
const dotClass: Record<Dot, string> = {
  waiting: 'border-2 border-dashed border-line-strong text-ink-faint',
  running: 'border-2 border-accent text-accent',
  done: 'bg-accent text-on-accent',
  stopped: 'border-2 border-alarm text-alarm',
  unsure: 'border-2 border-notice text-notice',
};
const dotIcon: Partial<Record<Dot, LucideIcon>> = {
  running: Clock3,
  done: Check,
  stopped: Ban,
  unsure: CircleHelp,
};

function StepTrack({ progress, isUnsure }: { progress: Progress | undefined; isUnsure: boolean }) {
  const text = useText();
  return (
    <ol aria-label={text('step.label')} className="flex items-start">
      {steps.map((step, index) => {
        const { state, afterMs } = progress?.steps[step] ?? { state: 'waiting' as const };
        const dot = state === 'stopped' && isUnsure ? 'unsure' : state;
        const Icon = dotIcon[dot];
        return (
          <li key={step} className="relative flex min-w-0 flex-1 flex-col items-center text-center">
            {index === 0 ? null : (
              <span
                aria-hidden
                className={clsx(
                  'absolute top-[0.9375rem] right-[calc(50%+1.375rem)] left-[calc(-50%+1.375rem)] h-0.5 rounded-full',
                  state === 'done' ? 'bg-accent' : 'bg-line',
                )}
              />
            )}
            <span className={clsx('grid size-8 place-items-center rounded-full', dotClass[dot])}>
              {Icon === undefined ? null : <Icon aria-hidden className="size-4.5" strokeWidth={2.5} />}
            </span>
            <span
              className={clsx(
                'mt-1.5 text-[0.9375rem] font-semibold',
                state === 'waiting' && 'text-ink-soft',
              )}
            >
              {text(`step.${step}`)}
              <span className="sr-only">, {text(`step.${dot}`)}</span>
            </span>
            <span className="min-h-5 text-sm text-ink-soft tabular-nums">
              {state === 'running' && progress !== undefined ? (
                <RunningClock startedAt={progress.startedAt} />
              ) : afterMs === undefined ? null : (
                durationText(afterMs, text)
              )}
            </span>
          </li>
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
          <Link href={signInHref} className={buttonClass('primary')}>
            {text('progress.signIn')}
          </Link>
        </p>
      ) : null}
      <StepTrack progress={progress} isUnsure={shown?.tone === 'unsure'} />
    </section>
  );
}
