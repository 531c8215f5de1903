import type { OpeningStatus } from '../../contracts/locks';
import type { LockReport } from './report';

/** Life of an intent (model 3): from its creation, a command may move the bolt no longer than this. */
export const openingLifeMs = 8_000;
/** Silence of the shadow service after which a caller gets 502. */
export const shadowAnswerMs = 2_000;
/** Openings of one person, or of one guest link, at one lock in a minute. */
export const openingsPerMinute = 10;
/** Whose openings are counted so: behind a key of an organisation stand many people, and it has a rate of its own. */
export const isCountedByDoor = (principalKind: string): boolean =>
  principalKind === 'user' || principalKind === 'guestLink';

export const runningStatuses: ('pending' | 'sent' | 'accepted' | 'unresolved')[] = [
  'pending',
  'sent',
  'accepted',
  'unresolved',
];
const running: readonly OpeningStatus[] = runningStatuses;
/** Whether a report or the expiry still has to settle it. */
export const isRunning = (status: OpeningStatus): boolean => running.includes(status);

/** The part of an opening that its rules look at. */
export interface OpeningState {
  id: string;
  status: OpeningStatus;
  acceptedAt: Date | null;
  sentAt: Date | null;
  expiresAt: Date;
  lateReport: boolean;
}

export interface OpeningChange {
  status?: OpeningStatus;
  sentAt?: Date;
  acceptedAt?: Date;
  outcomeAt?: Date;
  error?: string | null;
  lateReport?: true;
}

const isOpenBolt = (bolt: LockReport['bolt']): boolean => bolt === 'unlocked' || bolt === 'unlatched';

/**
 * What a report of the lock means for an opening; undefined when nothing.
 *
 * A lock that speaks of commands settles the opening whose id it names. One that reports attributes alone settles the
 * running opening by the bolt seen open. A report that is heard after the expiry leaves or makes it `expired`, whether that
 * was written yet or not, and sets `lateReport` for an open bolt.
 */
export function decideReport(
  opening: OpeningState,
  report: LockReport,
  heardAt: Date,
): OpeningChange | undefined {
  const command = report.command;
  // Two processes look at their clocks before they hold the row: no step is told before the one it follows.
  const before = Math.max(opening.sentAt?.getTime() ?? 0, opening.acceptedAt?.getTime() ?? 0);
  const now = heardAt.getTime() < before ? new Date(before) : heardAt;
  const sent = opening.sentAt === null ? { sentAt: now } : {};
  const accepted = opening.acceptedAt === null ? { acceptedAt: now } : {};
  if (command !== undefined && command.id !== opening.id) return undefined;
  const isOpened = isOpenBolt(report.bolt) && (command === undefined || command.state === 'succeeded');
  if (opening.status === 'expired') {
    return isOpened && !opening.lateReport ? { lateReport: true } : undefined;
  }
  if (!isRunning(opening.status)) return undefined;
  const expiry = decideExpiry(opening, heardAt);
  if (expiry !== undefined) return isOpened ? { ...expiry, lateReport: true } : expiry;
  if (isOpened) return { status: 'confirmed', outcomeAt: now, error: null, ...sent, ...accepted };
  if (command === undefined) {
    return report.bolt === 'jammed'
      ? { status: 'failed', outcomeAt: now, error: 'JAMMED', ...sent, ...accepted }
      : undefined;
  }
  switch (command.state) {
    case 'accepted':
    case 'succeeded':
      // "succeeded" without the bolt seen open is not a confirmation.
      return opening.status === 'accepted'
        ? undefined
        : { status: 'accepted', error: null, ...sent, ...accepted };
    case 'failed':
      return { status: 'failed', outcomeAt: now, error: command.error ?? 'FAILED', ...sent, ...accepted };
    case 'expired':
      return { status: 'expired', outcomeAt: now, ...sent };
  }
}

/** Expiry: nothing was heard in time. */
export function decideExpiry(opening: OpeningState, now: Date): OpeningChange | undefined {
  if (!isRunning(opening.status) || opening.expiresAt > now) return undefined;
  return { status: 'expired', outcomeAt: now };
}

/** The shadow took the command. */
export function decideSent(opening: OpeningState, now: Date): OpeningChange | undefined {
  if (opening.status !== 'pending' && opening.status !== 'unresolved') return undefined;
  return { status: 'sent', sentAt: opening.sentAt ?? now, error: null };
}
