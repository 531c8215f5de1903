import type { TextOf } from '../messages/lookup';
import type { Progress } from './opening-progress';

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
  const isUnreached = phase === 'refused' && refusal?.status === 502;
  const isOthers = phase === 'confirmed' && !progress.isOwn && opening !== undefined;
  return {
    title: isUnreached
      ? text('progress.unreached')
      : isOthers
        ? text('progress.confirmedBy', { who: opening.who.name })
        : text(`progress.${phase}`),
    detail: detailOf(progress, text),
    tone: refusal?.status === 502 && phase === 'refused' ? 'unsure' : tones[phase],
  };
}
