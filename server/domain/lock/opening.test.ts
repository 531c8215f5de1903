import { describe, expect, it } from 'vitest';
import type { OpeningStatus } from '../../contracts/locks';
import { decideExpiry, decideReport, decideSent, isRunning, type OpeningState } from './opening';
import type { LockReport } from './report';

const now = new Date('2026-03-01T12:00:05.000Z');
const before = new Date('2026-03-01T12:00:01.000Z');
const statuses: OpeningStatus[] = [
  'pending',
  'sent',
  'accepted',
  'unresolved',
  'confirmed',
  'failed',
  'expired',
];
const running: OpeningStatus[] = ['pending', 'sent', 'accepted', 'unresolved'];

const opening = (status: OpeningStatus, more: Partial<OpeningState> = {}): OpeningState => ({
  id: 'mine',
  status,
  sentAt: status === 'pending' || status === 'unresolved' ? null : before,
  acceptedAt: status === 'accepted' ? before : null,
  expiresAt: new Date('2026-03-01T12:00:08.000Z'),
  lateReport: false,
  ...more,
});
const command = (state: 'accepted' | 'succeeded' | 'failed' | 'expired', id = 'mine', error?: string) => ({
  command: { id, state, ...(error === undefined ? {} : { error }) },
});

const confirmed = 'confirmed';
const nothing = undefined;
/** What becomes of a running opening, of an expired one and of an ended one. `late` sets the mark and nothing else. */
const table: [
  title: string,
  report: LockReport,
  running: OpeningStatus | undefined,
  expired: 'late' | undefined,
][] = [
  ['silence about everything', {}, nothing, nothing],
  ['a bolt that is locked', { bolt: 'locked' }, nothing, nothing],
  ['a bolt that is unknown', { bolt: 'unknown' }, nothing, nothing],
  ['a bolt that is not fully locked', { bolt: 'not-fully-locked' }, nothing, nothing],
  ['a bolt that is open', { bolt: 'unlocked' }, confirmed, 'late'],
  ['a latch that is drawn', { bolt: 'unlatched' }, confirmed, 'late'],
  ['a bolt that is jammed', { bolt: 'jammed' }, 'failed', nothing],
  ['a door that stands open', { door: 'open' }, nothing, nothing],
  ['our command accepted', command('accepted'), 'accepted', nothing],
  [
    'our command accepted, bolt still locked',
    { ...command('accepted'), bolt: 'locked' },
    'accepted',
    nothing,
  ],
  [
    'our command accepted, bolt open by itself',
    { ...command('accepted'), bolt: 'unlocked' },
    'accepted',
    nothing,
  ],
  ['success without the bolt seen open', command('succeeded'), 'accepted', nothing],
  ['success with the bolt locked', { ...command('succeeded'), bolt: 'locked' }, 'accepted', nothing],
  ['success with the bolt open', { ...command('succeeded'), bolt: 'unlocked' }, confirmed, 'late'],
  ['success with the latch drawn', { ...command('succeeded'), bolt: 'unlatched' }, confirmed, 'late'],
  ['our command failed', command('failed'), 'failed', nothing],
  ['our command failed with the bolt open', { ...command('failed'), bolt: 'unlocked' }, 'failed', nothing],
  ['our command expired', command('expired'), 'expired', nothing],
  ['success of another command', { ...command('succeeded', 'other'), bolt: 'unlocked' }, nothing, nothing],
  ['failure of another command', command('failed', 'other'), nothing, nothing],
];

describe.each(table)('%s', (_title, report, whileRunning, afterExpiry) => {
  it.each(running)(`makes of a %s opening: ${whileRunning ?? 'nothing'}`, (status) => {
    const change = decideReport(opening(status), report, now);
    // An opening that is accepted already learns nothing from being accepted.
    if (whileRunning === undefined || (status === 'accepted' && whileRunning === 'accepted')) {
      expect(change).toBeUndefined();
      return;
    }
    expect(change?.status).toBe(whileRunning);
    const isOver = whileRunning !== 'accepted';
    expect(change?.outcomeAt).toEqual(isOver ? now : undefined);
    // A report proves that the command was there, whatever the shadow service said of it.
    if (status === 'pending' || status === 'unresolved') expect(change?.sentAt).toEqual(now);
    else expect(change).not.toHaveProperty('sentAt');
  });

  it(`makes of an expired one: ${afterExpiry ?? 'nothing'}`, () => {
    expect(decideReport(opening('expired'), report, now)).toEqual(
      afterExpiry === undefined ? undefined : { lateReport: true },
    );
    expect(decideReport(opening('expired', { lateReport: true }), report, now)).toBeUndefined();
  });

  it.each(['confirmed', 'failed'] as const)('leaves a %s one as it is', (status) => {
    expect(decideReport(opening(status), report, now)).toBeUndefined();
  });
});

describe('a report after the time of an opening whose end nobody has written yet', () => {
  const due = (status: OpeningStatus) => opening(status, { expiresAt: now });

  it.each(running)('ends a %s one as expired, and marks it where the bolt is open', (status) => {
    const expired = { status: 'expired', outcomeAt: now };
    for (const report of [command('accepted'), command('failed'), { bolt: 'locked' } as const])
      expect(decideReport(due(status), report, now)).toEqual(expired);
    for (const report of [
      { ...command('succeeded'), bolt: 'unlocked' } as const,
      { bolt: 'unlocked' } as const,
    ])
      expect(decideReport(due(status), report, now)).toEqual({ ...expired, lateReport: true });
  });

  it('leaves it when it speaks of another one', () => {
    expect(decideReport(due('sent'), command('succeeded', 'other'), now)).toBeUndefined();
  });
});

describe('details of a report', () => {
  it('the reason of a failure is kept', () => {
    expect(decideReport(opening('sent'), command('failed', 'mine', 'MOTOR'), now)?.error).toBe('MOTOR');
    expect(decideReport(opening('sent'), command('failed'), now)?.error).toBe('FAILED');
    expect(decideReport(opening('sent'), { bolt: 'jammed' }, now)?.error).toBe('JAMMED');
  });

  it('an outcome clears what had been feared before', () => {
    expect(decideReport(opening('unresolved'), { bolt: 'unlocked' }, now)).toEqual({
      status: 'confirmed',
      outcomeAt: now,
      sentAt: now,
      acceptedAt: now,
      error: null,
    });
  });
});

describe('expiry', () => {
  it.each(statuses)('ends a %s opening only if it is running and due', (status) => {
    const due = opening(status, { expiresAt: now });
    expect(decideExpiry(due, now)).toEqual(
      running.includes(status) ? { status: 'expired', outcomeAt: now } : undefined,
    );
    expect(decideExpiry(opening(status, { expiresAt: new Date(now.getTime() + 1) }), now)).toBeUndefined();
  });

  it.each(statuses)('%s is running or over', (status) => {
    expect(isRunning(status)).toBe(running.includes(status));
  });
});

describe('the word of the shadow', () => {
  it.each(statuses)('moves a %s opening only from pending or unresolved', (status) => {
    const isWaiting = status === 'pending' || status === 'unresolved';
    expect(decideSent(opening(status), now)).toEqual(
      isWaiting ? { status: 'sent', sentAt: now, error: null } : undefined,
    );
  });

  it('keeps the time of the first', () => {
    expect(decideSent(opening('unresolved', { sentAt: before }), now)?.sentAt).toEqual(before);
  });
});

it('tells no step before the one that it follows, whatever the clocks of two processes say', () => {
  const early = new Date(before.getTime() - 3);
  expect(decideReport(opening('sent'), command('accepted'), early)).toMatchObject({ acceptedAt: before });
  const accepted = opening('accepted', { acceptedAt: now });
  expect(decideReport(accepted, { bolt: 'unlocked' }, before)).toMatchObject({
    status: 'confirmed',
    outcomeAt: now,
  });
});
