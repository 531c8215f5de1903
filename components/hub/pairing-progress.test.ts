import { describe, expect, it } from 'vitest';
import type { CommissioningView } from '@/server/contracts/hubs';
import { causeOf, stageOf, stagesOf, withSeen } from './pairing-progress';

const asked: CommissioningView = {
  id: 'a',
  hubId: 'h',
  status: 'pending',
  codeKind: 'manual',
  who: { kind: 'user', id: '1', name: 'Kim' },
  late: false,
  createdAt: '2026-01-31T12:00:00.000Z',
  expiresAt: '2026-01-31T12:03:00.000Z',
};
const sent: CommissioningView = { ...asked, status: 'sent', sentAt: '2026-01-31T12:00:00.100Z' };
const accepted: CommissioningView = {
  ...sent,
  status: 'accepted',
  acceptedAt: '2026-01-31T12:00:00.300Z',
};
const states = (attempt: CommissioningView) => stagesOf(attempt, {}).map(({ state }) => state);

describe('the way of a pairing', () => {
  it('goes from the request to the hub and through the steps that the hub tells', () => {
    expect(stageOf(asked)).toBe('sent');
    expect(stageOf(sent)).toBe('accepted');
    expect(stageOf(accepted)).toBe('found');
    expect(stageOf({ ...accepted, step: 'attesting' })).toBe('attesting');
    expect(states({ ...accepted, step: 'pairing' })).toEqual([
      'done',
      'done',
      'done',
      'running',
      'waiting',
      'waiting',
    ]);
  });

  it('stops where it failed and is done throughout when it succeeded', () => {
    expect(states({ ...accepted, status: 'failed', step: 'pairing', error: 'WRONG_PASSCODE' })[3]).toBe(
      'stopped',
    );
    const done = stagesOf({ ...accepted, status: 'succeeded', outcomeAt: '2026-01-31T12:00:02.000Z' }, {});
    expect(done.every(({ state }) => state === 'done')).toBe(true);
    expect(done.map(({ afterMs }) => afterMs)).toEqual([100, 300, undefined, undefined, undefined, 2_000]);
  });

  it('has clocks for what this page saw, and none for what passed before', () => {
    const at = Date.parse('2026-01-31T12:00:01.000Z');
    const pairing: CommissioningView = { ...accepted, step: 'pairing' };
    expect(withSeen({}, undefined, pairing, at)).toEqual({});
    const seen = withSeen({}, accepted, pairing, at);
    expect(seen).toEqual({ found: 1_000 });
    expect(stagesOf(pairing, seen)[2]).toEqual({ stage: 'found', state: 'done', afterMs: 1_000 });
  });

  it('names the cause, and tells a hub that never took it from one that ran out of time', () => {
    expect(causeOf({ ...accepted, status: 'failed', error: 'WRONG_PASSCODE' })).toBe('WRONG_PASSCODE');
    expect(causeOf({ ...accepted, status: 'failed', error: 'LOCK_UNREACHABLE' })).toBe('DEVICE_UNREACHABLE');
    expect(causeOf({ ...accepted, status: 'failed', error: 'STORAGE_FAILED' })).toBe('STORAGE_FAILED');
    expect(causeOf({ ...accepted, status: 'failed', error: 'E_42' })).toBe('other');
    expect(causeOf({ ...sent, status: 'expired' })).toBe('hubAway');
    expect(causeOf({ ...accepted, status: 'expired' })).toBe('timedOut');
    expect(causeOf({ ...asked, status: 'unresolved' })).toBe('silent');
  });
});
