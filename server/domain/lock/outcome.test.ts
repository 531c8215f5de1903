import { describe, expect, it } from 'vitest';
import { isOutcomeUnsure, openingOutcome } from './outcome';

describe('the outcome of an opening', () => {
  it('is unsure where the lock had the command and its bolt was not seen', () => {
    for (const error of ['NOT_CONFIRMED', 'LOCK_RESTARTED'])
      expect(isOutcomeUnsure({ status: 'failed', error })).toBe(true);
  });

  it('is sure where the lock told it, or the command never left', () => {
    for (const error of ['JAMMED', 'SHADOW_UNREACHABLE', null, undefined])
      expect(isOutcomeUnsure({ status: 'failed', error })).toBe(false);
    expect(isOutcomeUnsure({ status: 'confirmed', error: null })).toBe(false);
  });

  it.each([
    [{ status: 'expired', lateReport: true }, 'late'],
    [{ status: 'expired', lateReport: false }, 'expired'],
    [{ status: 'failed', lateReport: false, error: 'NOT_CONFIRMED' }, 'unconfirmed'],
    [{ status: 'failed', lateReport: false, error: 'JAMMED' }, 'failed'],
    [{ status: 'sent', lateReport: false, error: null }, 'sent'],
  ] as const)('of %j is %s', (opening, outcome) => {
    expect(openingOutcome(opening)).toBe(outcome);
  });
});
