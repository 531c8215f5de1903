import { describe, expect, it } from 'vitest';
import type { LockFeature } from '../../contracts/lock-history';
import type { JsonObject } from '../json';
import { readAbilities, readAttestation, withAbilities } from './abilities';
import { alarmAfter, alarmOf, type KnownLock, operationChange, stateChanges } from './history';
import { happenedAt, isSameOperation, type OperationReport, openingBehind, readOperation } from './operation';
import type { LockReport } from './report';

const now = new Date('2026-11-24T12:00:00.000Z');
const at = now.getTime();
const known: KnownLock = {
  bolt: 'locked',
  door: 'closed',
  battery: { percent: 80, level: 'ok' },
  alarm: null,
  reachable: true,
};
const told = (before: Partial<KnownLock>, report: LockReport) =>
  stateChanges({ ...known, ...before }, report).map(({ kind, value, isTold }) => [kind, value, isTold]);

describe('what a report changes', () => {
  it.each<[string, Partial<KnownLock>, LockReport, unknown[]]>([
    ['nothing new', {}, { bolt: 'locked', door: 'closed', battery: { percent: 80, level: 'ok' } }, []],
    ['nothing spoken of', {}, {}, []],
    ['the bolt', {}, { bolt: 'unlocked' }, [['bolt', { bolt: 'unlocked' }, false]]],
    ['a door that opens', {}, { door: 'open' }, [['door', { door: 'open' }, false]]],
    ['a door left open', {}, { door: 'ajar' }, [['door', { door: 'ajar' }, true]]],
    [
      'a forced door with its alarm is one line',
      {},
      { door: 'forced', alarm: 'DOOR_FORCED' },
      [
        ['door', { door: 'forced' }, false],
        ['alarm', { alarm: 'DOOR_FORCED' }, true],
      ],
    ],
    [
      'a jam with its alarm is one line',
      {},
      { bolt: 'jammed', alarm: 'LOCK_JAMMED' },
      [
        ['bolt', { bolt: 'jammed' }, false],
        ['alarm', { alarm: 'LOCK_JAMMED' }, true],
      ],
    ],
    ['a jam without one', {}, { bolt: 'jammed' }, [['bolt', { bolt: 'jammed' }, true]]],
    ['the same alarm again', { alarm: 'LOCK_JAMMED' }, { alarm: 'LOCK_JAMMED' }, []],
    ['an alarm that is over', { alarm: 'COVER' }, { alarm: null }, [['alarm', { alarm: null }, false]]],
    [
      'a battery that sinks',
      {},
      { battery: { percent: 79, level: 'ok' } },
      [['battery', { percent: 79, level: 'ok' }, false]],
    ],
    ['a lock that comes back', { reachable: false }, {}, [['reachability', { reachable: true }, false]]],
    [
      'a lock that goes',
      { reachable: true },
      { reachable: false },
      [['reachability', { reachable: false }, false]],
    ],
  ])('%s', (_what, before, report, changes) => {
    expect(told(before, report)).toEqual(changes);
  });

  it.each<[string | null, LockReport, string | null]>([
    ['LOCK_JAMMED', { bolt: 'unlocked' }, null],
    ['LOCK_JAMMED', { bolt: 'not-fully-locked' }, 'LOCK_JAMMED'],
    ['DOOR_FORCED', { bolt: 'locked' }, 'DOOR_FORCED'],
    ['DOOR_AJAR', { door: 'closed' }, null],
    ['COVER_REMOVED', { door: 'closed', bolt: 'locked' }, 'COVER_REMOVED'],
    [null, { bolt: 'jammed' }, null],
  ])('the alarm %j after %j is %j', (alarm, report, after) => {
    expect(alarmAfter({ ...known, alarm }, report)).toBe(after);
  });

  it('is told by the word of its alarm', () => {
    expect(alarmOf({ alarm: 'X' })).toBe('X');
    expect(alarmOf({ door: 'ajar' })).toBe('DOOR_AJAR');
    expect(alarmOf({})).toBe('LOCK_JAMMED');
  });
});

describe('the last operation of a report', () => {
  it.each([
    [
      { type: 'unlock', source: 'manual', at },
      { operation: 'unlock', source: 'manual', at },
    ],
    [
      { type: 'lock', source: 'keypad', at: now.toISOString(), slot: 3 },
      { operation: 'lock', source: 'keypad', at, slot: 3 },
    ],
    [
      { type: 'lock', source: 'magic', at: 'soon', slot: -1 },
      { operation: 'lock', source: 'other' },
    ],
    [
      { type: 'unlock', source: 'auto', at: 1e300, slot: 1.5 },
      { operation: 'unlock', source: 'auto' },
    ],
    [{ type: 'toString', source: 'manual', at }, undefined],
    [null, undefined],
    ['unlock', undefined],
  ])('%j is %j', (lastOperation, operation) => {
    expect(readOperation({ lastOperation } as unknown as JsonObject)).toEqual(operation);
  });

  const byHand: OperationReport = { operation: 'unlock', source: 'manual', at };
  it.each([
    [at, at],
    [at - 86_400_000, at - 86_400_000],
    [at - 40 * 86_400_000, undefined],
    [at + 3_600_000, undefined],
    [7, undefined],
  ])('told for %i is believed: %j', (own, believed) => {
    expect(happenedAt({ ...byHand, at: own }, now)?.getTime()).toBe(believed);
  });

  it('is told apart by time, kind and source', () => {
    expect(isSameOperation(byHand, byHand)).toBe(true);
    for (const other of [null, { ...byHand, at: at + 1 }, { ...byHand, source: 'auto' as const }])
      expect(isSameOperation(byHand, other)).toBe(false);
  });

  it.each<[string, OperationReport, boolean, boolean]>([
    ['a lock that was known', { ...byHand, at: at - 3_600_000 }, false, true],
    ['a new lock, just now', byHand, true, true],
    ['a new lock, long ago', { ...byHand, at: at - 3_600_000 }, true, false],
    ['a new lock, nobody knows when', { operation: 'lock', source: 'auto' }, true, false],
  ])('of %s is news: %j', (_of, report, isFirst, isTold) => {
    expect(operationChange(report, { openingId: undefined, isFirst, now })).toMatchObject({ isTold });
  });

  it('of an opening is kept and not told twice', () => {
    expect(operationChange(byHand, { openingId: 'o', isFirst: false, now })).toEqual({
      kind: 'operation',
      value: { operation: 'unlock', source: 'manual', happenedAt: now.toISOString(), openingId: 'o' },
      isTold: false,
      mark: `${at} unlock manual`,
    });
  });

  const remote: OperationReport = { operation: 'unlock', source: 'remote', at };
  const opening = (more: object) => ({
    id: 'o',
    status: 'sent' as const,
    joined: null,
    outcomeAt: null,
    expiresAt: new Date(at + 8_000),
    ...more,
  });
  it.each([
    ['runs', remote, opening({}), 'o'],
    ['shares one', remote, opening({ joined: 'p' }), 'p'],
    ['has just ended', remote, opening({ status: 'confirmed', outcomeAt: new Date(at - 2_000) }), 'o'],
    ['ended before', remote, opening({ status: 'confirmed', outcomeAt: new Date(at - 60_000) }), undefined],
    [
      'expired a minute ago',
      remote,
      opening({ status: 'expired', outcomeAt: new Date(at - 60_000), expiresAt: new Date(at - 60_000) }),
      'o',
    ],
    ['is of a hand', byHand, opening({}), undefined],
    ['locks', { ...remote, operation: 'lock' as const }, opening({}), undefined],
  ])('of an opening that %s: %j', (_what, report, row, behind) => {
    expect(openingBehind(report, [row], now)).toBe(behind);
  });
});

describe('what a lock can do', () => {
  it.each<[object, readonly LockFeature[] | null, readonly LockFeature[] | undefined]>([
    [{ features: ['pin', 'unbolt', 'flies', 7] }, null, ['unbolt', 'pin']],
    [{ features: [] }, ['pin'], []],
    [{ '1/257/65529': [0, 1, 39] }, ['pin'], ['unbolt', 'pin']],
    [{ '1/257/65529': [0, 1] }, ['unbolt'], []],
    [{ '1/257/65532': 0x1021 }, null, ['unbolt', 'doorPosition', 'pin']],
    [{ '1/257/51': true }, ['pin'], ['pin', 'pinRequired']],
    [{ '1/257/51': 'n/a', features: 'all' }, null, undefined],
  ])('%j after %j is %j', (reported, before, after) => {
    const report = readAbilities(reported as JsonObject);
    expect(report && withAbilities(before, report)).toEqual(after);
  });

  it.each([
    ['verified', 'verified'],
    ['passed', 'verified'],
    ['not-verified', 'not-verified'],
    ['test', 'test-certificate'],
    ['toString', undefined],
    [7, undefined],
  ])('a certificate that is %j is %j', (word, read) => {
    expect(readAttestation({ attestation: word } as unknown as JsonObject)).toBe(read);
  });
});
