import { describe, expect, it } from 'vitest';
import { journalLength } from '../journal';
import {
  type Bolt,
  type BoltEvent,
  type Command,
  decide,
  evolve,
  newBolt,
  readCommand,
  reportOf,
} from './bolt';

const now = 1_700_000_000_000;
const time = { earliest: now - 300, latest: now + 300 };
const unlock = (id: string, expiresAt = now + 8_000): Command => ({ id, to: 'UNLOCKED', expiresAt });
const given = (...events: BoltEvent[]): Bolt =>
  events.reduce((bolt, event) => evolve(bolt, event, now), newBolt);
const opened = (id: string): BoltEvent[] => [
  { type: 'accepted', command: unlock(id) },
  { type: 'driven', to: 'UNLOCKED', source: 'remote', command: { id, invokeMs: 12 } },
];

describe('judging a command', () => {
  it('runs a new one that is alive', () => {
    expect(decide(unlock('a'), newBolt, time)).toEqual({ kind: 'run', to: 'UNLOCKED' });
  });

  it('refuses one that has run out, and one that may have', () => {
    const refused = { kind: 'refuse', state: 'expired' };
    expect(decide(unlock('a', now - 1), newBolt, time)).toEqual(refused);
    expect(decide(unlock('a', time.latest), newBolt, time)).toEqual(refused);
    expect(decide(unlock('a', time.latest + 1), newBolt, time)).toEqual({ kind: 'run', to: 'UNLOCKED' });
  });

  it('does not judge without knowing the time', () => {
    expect(decide(unlock('a'), newBolt, undefined)).toEqual({ kind: 'unsure' });
  });

  it('refuses one without an expiry or of an unknown type', () => {
    const noExpiry: Command = { id: 'a', to: 'UNLOCKED', expiresAt: undefined };
    const noType: Command = { id: 'a', to: undefined, expiresAt: now + 8_000 };
    expect(decide(noExpiry, newBolt, time)).toMatchObject({ kind: 'refuse', error: 'INVALID_COMMAND' });
    expect(decide(noType, newBolt, time)).toMatchObject({ kind: 'refuse', error: 'UNSUPPORTED_COMMAND' });
  });

  it('ignores the one that reports speak of, whatever became of it', () => {
    const taken = given({ type: 'accepted', command: unlock('a') });
    expect(decide(unlock('a'), taken, time)).toEqual({ kind: 'ignore' });
    expect(decide(unlock('a'), given(...opened('a')), time)).toEqual({ kind: 'ignore' });
  });

  it('repeats the answer to an older one, alive, expired or of unknown time', () => {
    const bolt = given(...opened('a'), ...opened('b'));
    for (const clock of [time, undefined, { earliest: now, latest: now + 60_000 }]) {
      expect(decide(unlock('a'), bolt, clock)).toEqual({ kind: 'repeat' });
    }
    const repeated = evolve(bolt, { type: 'repeated', id: 'a' }, now);
    expect(reportOf(repeated).command).toMatchObject({ id: 'a', state: 'succeeded' });
  });
});

describe('the journal', () => {
  const afterMany = (first: Command, everyMs: number): string[] => {
    let bolt = given({ type: 'accepted', command: first });
    for (let index = 0; index < 300; index += 1) {
      const at = now + index * everyMs;
      bolt = evolve(bolt, { type: 'accepted', command: unlock(`c${index}`, at + 8_000) }, at);
    }
    return bolt.journal.map((entry) => entry.id);
  };

  it('keeps the last 200 results', () => {
    const ids = afterMany(unlock('first'), 60_000);
    expect(ids).toHaveLength(journalLength);
    expect(ids[0]).toBe('c100');
    expect(ids.at(-1)).toBe('c299');
  });

  it('keeps more while their commands could still arrive alive', () => {
    expect(afterMany(unlock('first', now + 3_600_000), 1_000)).toContain('first');
  });

  it('calls a command failed when the process ended before the bolt arrived', () => {
    const bolt = given({ type: 'accepted', command: unlock('a') }, { type: 'restarted' });
    expect(bolt.lockState).toBe('LOCKED');
    expect(reportOf(bolt).command).toMatchObject({ id: 'a', state: 'failed', error: 'LOCK_RESTARTED' });
    expect(decide(unlock('a'), bolt, time)).toEqual({ kind: 'ignore' });
  });

  it('leaves finished results alone on a restart', () => {
    expect(given(...opened('a'), { type: 'restarted' })).toEqual(given(...opened('a')));
  });
});

describe('the bolt', () => {
  it('opens on command and counts it', () => {
    const bolt = given(...opened('a'));
    expect(bolt).toMatchObject({ lockState: 'UNLOCKED', actuations: 1 });
    expect(reportOf(bolt)).toMatchObject({
      lockState: 'UNLOCKED',
      reachable: true,
      alarm: null,
      lastOperation: { type: 'unlock', source: 'remote', at: now },
      command: { id: 'a', state: 'succeeded', error: null, invokeMs: 12 },
    });
  });

  it('does not count hands and locking', () => {
    const lock: BoltEvent = {
      type: 'driven',
      to: 'LOCKED',
      source: 'remote',
      command: { id: 'l', invokeMs: 1 },
    };
    expect(given({ type: 'driven', to: 'UNLOCKED', source: 'manual' }, lock)).toMatchObject({
      lockState: 'LOCKED',
      actuations: 0,
    });
  });

  it('jams when something is in the way, and is never called locked or open then', () => {
    const jammed = given({ type: 'obstructed' }, ...opened('a'));
    expect(jammed).toMatchObject({ lockState: 'JAMMED', actuations: 0 });
    expect(reportOf(jammed)).toMatchObject({
      alarm: 'LOCK_JAMMED',
      command: { id: 'a', state: 'failed', error: 'JAMMED' },
    });
    const halfLocked = given(
      ...opened('a'),
      { type: 'obstructed' },
      { type: 'driven', to: 'LOCKED', source: 'auto' },
    );
    expect(halfLocked.lockState).toBe('NOT_FULLY_LOCKED');
    expect(evolve(halfLocked, { type: 'freed' }, now)).toMatchObject({
      lockState: 'LOCKED',
      isObstructed: false,
    });
  });

  it('tells a hand from a command under way', () => {
    const bolt = given(
      { type: 'accepted', command: unlock('a') },
      { type: 'driven', to: 'UNLOCKED', source: 'manual' },
    );
    expect(reportOf(bolt)).toMatchObject({ lockState: 'UNLOCKED', command: { id: 'a', state: 'accepted' } });
  });

  it.each([
    [100, 'ok'],
    [20, 'ok'],
    [19, 'low'],
    [9, 'critical'],
  ])('calls a battery of %d %% %s', (percent, level) => {
    expect(reportOf(given({ type: 'batterySet', percent })).battery).toEqual({ percent, level });
  });
});

describe('reading a difference', () => {
  it('finds the command', () => {
    const command = { id: 'a', type: 'unbolt', issuedAt: now, expiresAt: now + 8_000 };
    expect(readCommand({ command })).toEqual(unlock('a'));
  });

  it.each([
    [{}],
    [{ lockState: 'UNLOCKED' }],
    [{ command: { type: 'unlock', expiresAt: now } }],
    [{ command: { id: 7, type: 'unlock', expiresAt: now } }],
    [{ command: 'unlock' }],
    [{ command: null }],
  ])('finds none in %j', (delta) => {
    expect(readCommand(delta)).toBeUndefined();
  });
});
