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

function detailOf({ phase, reached, opening, refusal }: Progress, text: TextOf): string {
  switch (phase) {
    case 'unconfirmed':
    case 'expired':
      return text(`progress.${phase}.${reached === 'accepted' ? 'accepted' : 'sent'}`);
    case 'failed':
      if (opening?.error === 'JAMMED') return text('progress.failed.jammed');
      return text(reached === undefined ? 'progress.failed.unsent' : 'progress.failed.device');
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
