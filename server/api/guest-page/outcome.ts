import { isRunning } from '../../domain/lock/opening';
import { isOutcomeUnsure } from '../../domain/lock/outcome';
import type { OpeningRow } from '../../services/locks/view';
import type { Messages } from './messages';

export type Tone = 'calm' | 'notice' | 'alarm';

export interface Outcome {
  /** Name of the text; page and script say the same of an opening. */
  say: keyof Messages;
  tone?: Tone;
}

function failureOf(row: OpeningRow): Outcome {
  if (isOutcomeUnsure(row)) return { say: 'unconfirmed', tone: 'notice' };
  const isUnsent = row.sentAt === null && row.acceptedAt === null;
  return { say: isUnsent ? 'undelivered' : 'failed', tone: 'alarm' };
}

/** A lock that took the request and reported no bolt did answer. */
function expiryOf(row: OpeningRow): 'late' | 'unconfirmed' | 'expired' {
  if (row.lateReport) return 'late';
  return row.acceptedAt === null ? 'expired' : 'unconfirmed';
}

/** What may be said of an opening to the guest who asked for it. */
export function outcomeOf(row: OpeningRow): Outcome {
  switch (row.status) {
    case 'pending':
      return { say: 'asking' };
    case 'unresolved':
      return { say: 'unresolved', tone: 'notice' };
    case 'sent':
    case 'accepted':
      return { say: row.status };
    case 'confirmed':
      return { say: 'confirmed', tone: 'calm' };
    case 'failed':
      return failureOf(row);
    case 'expired':
      return { say: expiryOf(row), tone: 'notice' };
  }
}

/** What came of an opening, in a word of the guest's own record. */
export function cameOf(row: OpeningRow): 'wasOpened' | 'wasFailed' | 'wasAsked' {
  if (row.status === 'confirmed' || row.lateReport) return 'wasOpened';
  return row.status === 'failed' && !isOutcomeUnsure(row) ? 'wasFailed' : 'wasAsked';
}

export const isOver = (row: OpeningRow): boolean => !isRunning(row.status);
