import { isOutcomeUnsure } from '@/server/domain/lock/outcome';
import type { TextOf } from '../messages/lookup';
import type { Progress } from './opening-progress';
import { refusalTitleOf } from './send-opening';

export type ProgressTone = 'plain' | 'running' | 'good' | 'bad' | 'unsure';

export interface ProgressText {
  title: string;
  detail: string;
  tone: ProgressTone;
}

const tones: Record<Progress['phase'], ProgressTone> = {
  asking: 'running',
  retrying: 'running',
  sent: 'running',
  accepted: 'running',
  unresolved: 'running',
  confirmed: 'good',
  late: 'unsure',
  unconfirmed: 'unsure',
  silent: 'unsure',
  expired: 'bad',
  failed: 'bad',
  refused: 'bad',
};

/** What hubs say of an opening that came to nothing (matter-hub 7), as far as there are words for it. */
export const namedFailures = [
  'JAMMED',
  'LOCK_UNREACHABLE',
  'LOCK_RESTARTED',
  'NOT_CONFIRMED',
  'HUB_RESTARTED',
  'STORAGE_FAILED',
  'CLOCK_UNSURE',
  'PIN_REQUIRED',
  'PIN_REJECTED',
] as const;
function failureOf({ reached, opening }: Pick<Progress, 'reached' | 'opening'>, text: TextOf): string {
  const cause = namedFailures.find((one) => one === opening?.error);
  if (cause !== undefined) return text(`progress.failed.${cause}`);
  return text(reached === undefined ? 'progress.failed.unsent' : 'progress.failed.device');
}

function detailOf(progress: Progress, text: TextOf): string {
  const { phase, reached, refusal } = progress;
  switch (phase) {
    case 'unconfirmed':
      if (progress.opening !== undefined && isOutcomeUnsure(progress.opening))
        return failureOf(progress, text);
      if (!progress.isHeard) return text('progress.unconfirmed.unheard');
      return text(`progress.unconfirmed.${reached === 'accepted' ? 'accepted' : 'sent'}`);
    case 'expired':
      return text(`progress.expired.${reached === 'accepted' ? 'accepted' : 'sent'}`);
    case 'failed':
      return failureOf(progress, text);
    case 'refused':
      return text(refusal?.because ?? 'progress.refused.other');
    default:
      return text(`progress.${phase}.more`);
  }
}

/** What the page says of an opening, and what to do about it. */
export function progressText(progress: Progress, text: TextOf): ProgressText {
  const { phase, refusal, opening } = progress;
  const isUncertain = phase === 'refused' && (refusal?.status ?? 0) >= 500 && refusal?.status !== 503;
  const isOthers = phase === 'confirmed' && !progress.isOwn && opening !== undefined;
  return {
    title:
      phase === 'refused'
        ? text(refusalTitleOf(refusal?.status ?? 0))
        : isOthers
          ? text('progress.confirmedBy', { who: opening.who.name })
          : text(`progress.${phase}`),
    detail: detailOf(progress, text),
    tone: isUncertain ? 'unsure' : tones[phase],
  };
}
