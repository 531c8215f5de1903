import type { PinView } from '@/server/contracts/pins';
import { always } from '@/server/domain/access/window';
import { changeWindow } from '@/server/domain/access/wire-window';
import { Failure } from '@/server/domain/errors';
import { scheduleOf } from '@/server/domain/lock/pin';
import type { AccessWindow } from '../access/window-words';
import type { TextOf } from '../messages/lookup';

const errors = [
  'PIN_DUPLICATE',
  'PIN_SLOTS_FULL',
  'PIN_LENGTH',
  'PIN_UNREADABLE',
  'SCHEDULE_UNSUPPORTED',
  'LOCK_UNREACHABLE',
  'LOCK_REFUSED',
  'UNSUPPORTED_COMMAND',
  'CLOCK_UNSURE',
  'STORAGE_FAILED',
  'HUB_RESTARTED',
] as const;
const refusals = ['PIN_BUSY', 'HUB_NOT_READY', 'PINS_UNSUPPORTED'] as const;

/** What a code is called. */
export const pinTitle = ({ name }: Pick<PinView, 'name'>, text: TextOf): string =>
  name === '' ? text('pin.former') : name;

/** Why the lock did not do it, and what to do. */
export function errorWords(error: string, text: TextOf): string {
  const known = errors.find((one) => one === error);
  return text(known === undefined ? 'pin.error.other' : `pin.error.${known}`);
}

/** What the service refused by name, in words; undefined: something else was wrong. */
export function refusalWords(error: unknown, text: TextOf): string | undefined {
  const message = error instanceof Error ? error.message : '';
  const refusal = refusals.find((one) => message.startsWith(one));
  if (refusal !== undefined) return text(`pin.refused.${refusal}`);
  const named = errors.find((one) => message.startsWith(one));
  return named === undefined ? undefined : text(`pin.error.${named}`);
}

/** What the lock has to say about a code now; undefined: nothing. */
export function stateWords(
  { state, isInLock, error, name, standing }: PinView,
  text: TextOf,
): string | undefined {
  switch (state) {
    case 'pending':
      return text(isInLock ? 'pin.changing' : 'pin.pending');
    case 'failed':
      return text('pin.addFailed', { why: errorWords(error ?? '', text) });
    case 'set':
      return error === undefined ? undefined : text('pin.changeFailed', { why: errorWords(error, text) });
    case 'removing': {
      const told = text(standing === 'expired' ? 'pin.removingExpired' : 'pin.removing');
      return name === '' ? `${text('pin.former.text')} ${told}` : told;
    }
  }
}

export type WindowFault = 'either' | 'overMidnight' | 'endMissing' | 'endPast' | 'endEarly';

/** Why a keypad cannot keep a window; undefined: it can. */
export function windowFault(window: AccessWindow, now: number): WindowFault | undefined {
  const { validFrom, validUntil, ...hours } = window;
  const moment = (instant: string | undefined) => (instant === undefined ? undefined : new Date(instant));
  try {
    const input = { ...hours, validFrom: moment(validFrom), validUntil: moment(validUntil) };
    scheduleOf(changeWindow(always, input), new Date(now));
    return undefined;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
  const isDated = validFrom !== undefined || validUntil !== undefined;
  if (!isDated) return 'overMidnight';
  if (Object.keys(hours).length > 0) return 'either';
  if (validUntil === undefined) return 'endMissing';
  return Date.parse(validUntil) <= now ? 'endPast' : 'endEarly';
}
