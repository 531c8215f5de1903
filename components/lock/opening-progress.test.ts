import { describe, expect, it } from 'vitest';
import type { OpeningView } from '@/server/contracts/locks';
import { en } from '../messages/en';
import { textOf } from '../messages/lookup';
import {
  type Attempt,
  heardProgress,
  ownProgress,
  shownProgress,
  withNews,
  withResult,
} from './opening-progress';
import { progressText } from './progress-text';

const start = Date.parse('2026-03-01T12:00:00.000Z');
const inMs = (milliseconds: number) => new Date(start + milliseconds).toISOString();
const opening = (status: OpeningView['status'], more: Partial<OpeningView> = {}): OpeningView => ({
  id: 'a',
  lockId: 1,
  status,
  who: { kind: 'user', id: '1', name: 'Jo' },
  via: 'page',
  requestId: 'gesture',
  createdAt: inMs(0),
  expiresAt: inMs(8_000),
  lateReport: false,
  ...more,
});
const attempt: Attempt = { requestId: 'gesture', startedAt: start, isRetrying: false, learnedAfterMs: {} };
const sent = withResult(attempt, { kind: 'sent' }, start + 120);
const states = ({ steps }: ReturnType<typeof ownProgress>) => Object.values(steps).map(({ state }) => state);

describe('an opening asked for here', () => {
  it('is asked, sent, accepted and confirmed in that order, each with its clock', () => {
    expect(ownProgress(attempt, undefined, start + 50)).toMatchObject({ phase: 'asking', isBusy: true });
    expect(states(ownProgress(attempt, undefined, start + 50))).toEqual(['running', 'waiting', 'waiting']);

    const taken = ownProgress(sent, opening('sent'), start + 130);
    expect(taken).toMatchObject({ phase: 'sent', steps: { sent: { state: 'done', afterMs: 120 } } });
    expect(states(taken)).toEqual(['done', 'running', 'waiting']);

    const accepted = withNews(sent, opening('accepted', { acceptedAt: inMs(200) }), start + 240);
    const confirmed = withNews(
      accepted,
      opening('confirmed', { acceptedAt: inMs(200), outcomeAt: inMs(900) }),
      start + 960,
    );
    expect(withNews(confirmed, opening('confirmed'), start + 5_000).confirmedAt).toBe(start + 960);
    const done = ownProgress(confirmed, opening('confirmed'), start + 970);
    expect(done).toMatchObject({
      phase: 'confirmed',
      isBusy: false,
      steps: { sent: { afterMs: 120 }, accepted: { afterMs: 240 }, confirmed: { afterMs: 960 } },
    });
  });

  it('is not open because it was sent', () => {
    expect(ownProgress(sent, undefined, start + 200)).toMatchObject({ phase: 'sent', reached: 'sent' });
  });

  it('stays at sent when the lock is out of reach, and is not confirmed after ten seconds', () => {
    const late = ownProgress(sent, opening('sent'), start + 10_000);
    expect(late).toMatchObject({ phase: 'unconfirmed', isBusy: false, reached: 'sent' });
    expect(states(late)).toEqual(['done', 'stopped', 'waiting']);
    expect(ownProgress(sent, undefined, start + 10_000).phase).toBe('unconfirmed');
  });

  it('says that the lock never answered only when the door was heard of after the request had run out', () => {
    const said = (heardAt: number | undefined, status: OpeningView['status'] = 'sent') =>
      progressText(ownProgress(sent, opening(status), start + 10_000, heardAt), textOf(en)).detail;
    for (const heardAt of [undefined, start, start + 3_000, start + 8_100]) {
      expect(said(heardAt)).toBe(en['progress.unconfirmed.unheard']);
      expect(said(heardAt, 'accepted')).toBe(en['progress.unconfirmed.unheard']);
    }
    expect(said(start + 8_600)).toBe(en['progress.unconfirmed.sent']);
    expect(said(start + 8_600, 'accepted')).toBe(en['progress.unconfirmed.accepted']);
    const others = heardProgress(opening('sent'), start + 10_000, start + 2_000);
    expect(progressText(others, textOf(en)).detail).toBe(en['progress.unconfirmed.unheard']);
  });

  it('repeats while the network is away and says that it does', () => {
    expect(ownProgress({ ...attempt, isRetrying: true }, undefined, start + 400).phase).toBe('retrying');
  });

  it('believes the lock over a lost or refused answer', () => {
    const silent = withResult(attempt, { kind: 'silent' }, start + 8_000);
    expect(ownProgress(silent, undefined, start + 8_000).phase).toBe('silent');
    expect(ownProgress(silent, opening('confirmed'), start + 8_000).phase).toBe('confirmed');
    const refused = withResult(
      attempt,
      { kind: 'refused', because: 'progress.refused.device', status: 502 },
      start + 2_000,
    );
    expect(ownProgress(refused, opening('unresolved'), start + 2_100).phase).toBe('unresolved');
    expect(ownProgress(refused, undefined, start + 2_100)).toMatchObject({
      phase: 'refused',
      refusal: { status: 502 },
    });
  });

  it('takes the clock of the service for what happened while the page was away', () => {
    const news = opening('confirmed', { sentAt: inMs(80), acceptedAt: inMs(200), outcomeAt: inMs(900) });
    expect(withNews(attempt, news, start + 6_000).learnedAfterMs).toEqual({
      sent: 80,
      accepted: 200,
      confirmed: 900,
    });
  });

  it('shows a late opening as open, without pretending to a time', () => {
    const late = ownProgress(
      withNews(sent, opening('expired', { lateReport: true, outcomeAt: inMs(8_000) }), start + 15_000),
      opening('expired', { lateReport: true, outcomeAt: inMs(8_000) }),
      start + 15_000,
    );
    expect(late.phase).toBe('late');
    expect(late.steps.confirmed).toEqual({ state: 'done' });
  });
});

describe('an opening asked for elsewhere', () => {
  it('is timed by the service', () => {
    const heard = heardProgress(
      opening('confirmed', { sentAt: inMs(20), acceptedAt: inMs(90), outcomeAt: inMs(700) }),
      start + 800,
    );
    expect(heard).toMatchObject({
      isOwn: false,
      phase: 'confirmed',
      steps: { confirmed: { state: 'done', afterMs: 700 } },
    });
  });

  it('gives way to the own one, and is shown after that one ended', () => {
    const own = ownProgress(sent, opening('sent'), start + 100);
    const other = heardProgress(
      opening('sent', { id: 'b', requestId: 'other', createdAt: inMs(50) }),
      start + 100,
    );
    expect(shownProgress(own, other, start + 100)).toBe(own);
    const ended = ownProgress(sent, opening('confirmed'), start + 100);
    expect(shownProgress(ended, other, start + 100)).toBe(other);
    expect(shownProgress(ended, heardProgress(opening('confirmed'), start + 100), start + 100)).toBe(ended);
  });

  it('does not take the place of the own one that it joined', () => {
    const own = ownProgress(sent, opening('confirmed'), start + 900);
    const joining = opening('confirmed', { id: 'b', requestId: 'other', createdAt: inMs(50), joined: 'a' });
    expect(shownProgress(own, heardProgress(joining, start + 900), start + 900)).toBe(own);
  });

  it('leaves the display after a minute', () => {
    expect(
      shownProgress(undefined, heardProgress(opening('confirmed'), start), start + 60_000),
    ).toBeUndefined();
  });
});

describe('an opening that failed', () => {
  const said = (error?: string) => {
    const failed = opening('failed', { sentAt: inMs(100), ...(error === undefined ? {} : { error }) });
    return progressText(ownProgress(sent, failed, start + 900), textOf(en));
  };

  it('names what its hub says was in the way', () => {
    expect(said('STORAGE_FAILED')).toMatchObject({ tone: 'bad', title: en['progress.failed'] });
    expect(said('STORAGE_FAILED').detail).toBe(en['progress.failed.STORAGE_FAILED']);
    expect(said('LOCK_UNREACHABLE').detail).toBe(en['progress.failed.LOCK_UNREACHABLE']);
    expect(said('E_42').detail).toBe(en['progress.failed.device']);
  });

  it('is not told as shut when nobody knows how the bolt stands', () => {
    expect(said('LOCK_RESTARTED')).toMatchObject({ tone: 'unsure', title: en['progress.unconfirmed'] });
  });
});
