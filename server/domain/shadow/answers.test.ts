import { describe, expect, it } from 'vitest';
import { isJsonObject, parseJson } from '../json';
import { parseQuery, parseUpdate } from './request';
import { applyDelete, applyGet, applyUpdate, type Shadow } from './shadow';

const at = 1_700_000_000;

function update(current: Shadow | undefined, request: object | string, seconds = at) {
  const parsed = parseUpdate(Buffer.from(typeof request === 'string' ? request : JSON.stringify(request)));
  if (!parsed.ok) throw new Error(parsed.rejection.message);
  const outcome = applyUpdate(current, parsed.request, seconds);
  if (!outcome.ok) throw new Error(outcome.rejection.message);
  return outcome;
}
const wire = (value: unknown) =>
  value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);

describe('documents of an update (device-shadow 2)', () => {
  it('accepted repeats what was asked, with nulls, a stamp a leaf and the token', () => {
    const { accepted } = update(undefined, {
      state: { desired: { a: 1, b: null, c: { d: [1, { e: 'x' }], f: null } }, reported: null },
      clientToken: 't',
      version: 9,
      extra: true,
    });
    const stamp = { timestamp: at };
    expect(wire(accepted)).toEqual({
      state: { desired: { a: 1, b: null, c: { d: [1, { e: 'x' }], f: null } }, reported: null },
      metadata: { desired: { a: stamp, b: stamp, c: { d: [stamp, { e: stamp }], f: stamp } } },
      version: 1,
      timestamp: at,
      clientToken: 't',
    });
  });

  it('accepted holds no token when none was sent, and null for a state of null', () => {
    expect(wire(update(undefined, { state: null }).accepted)).toEqual({
      state: null,
      metadata: {},
      version: 1,
      timestamp: at,
    });
  });

  it('delta is the whole difference with the stamps of the desired leaves, whatever this update touched', () => {
    const first = update(undefined, { state: { desired: { a: 1, b: { c: 2, d: 3 } } } });
    const second = update(
      first.next,
      { state: { reported: { b: { d: 3 }, x: 1 } }, clientToken: 't' },
      at + 5,
    );
    expect(wire(second.delta)).toEqual({
      state: { a: 1, b: { c: 2 } },
      metadata: { a: { timestamp: at }, b: { c: { timestamp: at } } },
      version: 2,
      timestamp: at + 5,
      clientToken: 't',
    });
    const refused = update(second.next, { state: { reported: { a: 7 } } });
    expect(refused.delta).toMatchObject({ state: { a: 1, b: { c: 2 } }, version: 3 });
  });

  it('no difference is no delta, and what only reported has is none', () => {
    const { next } = update(undefined, { state: { desired: { a: 1 } } });
    expect(update(next, { state: { reported: { a: 1, b: 2 } } })).not.toHaveProperty('delta');
    expect(update(undefined, { state: { reported: { a: 1 } } })).not.toHaveProperty('delta');
  });

  it('documents hold before and after, without a delta; before the first there was nothing', () => {
    const first = update(undefined, { state: { desired: { a: 1 } } });
    const second = update(first.next, { state: { reported: { a: 0 } }, clientToken: 't' }, at + 1);
    const before = {
      state: { desired: { a: 1 } },
      metadata: { desired: { a: { timestamp: at } } },
      version: 1,
    };
    expect(wire(first.documents)).toEqual({ previous: null, current: before, timestamp: at });
    expect(wire(second.documents)).toEqual({
      previous: before,
      current: {
        state: { desired: { a: 1 }, reported: { a: 0 } },
        metadata: { desired: { a: { timestamp: at } }, reported: { a: { timestamp: at + 1 } } },
        version: 2,
      },
      timestamp: at + 1,
      clientToken: 't',
    });
  });
});

describe('delta (device-shadow 4)', () => {
  it.each([
    ['numbers compare by value', '{"a":1}', '{"a":1.0}', undefined],
    ['the order of members is irrelevant', '{"a":[{"x":1,"y":2}]}', '{"a":[{"y":2,"x":1}]}', undefined],
    ['a change of type counts', '{"a":1}', '{"a":"1"}', { a: 1 }],
    ['an object against an array counts', '{"a":{}}', '{"a":[]}', { a: {} }],
    ['false is not absent', '{"a":false}', '{}', { a: false }],
    ['arrays come whole', '{"a":[1,2,3]}', '{"a":[1,2]}', { a: [1, 2, 3] }],
    ['the order of an array counts', '{"a":[1,2]}', '{"a":[2,1]}', { a: [1, 2] }],
    [
      'nested differences keep their path',
      '{"a":{"b":{"c":1,"d":2}}}',
      '{"a":{"b":{"c":1,"d":3}}}',
      { a: { b: { d: 2 } } },
    ],
    ['an empty object that is missing comes as it is', '{"d":{}}', '{}', { d: {} }],
    ['an empty object against a full one is no difference', '{"d":{}}', '{"d":{"x":1}}', undefined],
    ['no reported section: all of desired', '{"a":1,"b":{"c":2}}', undefined, { a: 1, b: { c: 2 } }],
  ])('%s', (_title, desired, reported, expected) => {
    const state = `{"desired":${desired}${reported === undefined ? '' : `,"reported":${reported}`}}`;
    const { delta, next } = update(undefined, `{"state":${state}}`);
    expect(wire(delta ?? {})).toEqual(
      expected === undefined ? {} : expect.objectContaining({ state: expected }),
    );
    const got = applyGet(next, {}, at, 'x');
    expect(wire(got.ok ? (got.accepted.state as { delta?: unknown }).delta : 'refused')).toEqual(expected);
  });

  it('a member that is deleted from reported and still desired is asked for again', () => {
    const { next } = update(undefined, { state: { desired: { a: 1 }, reported: { a: 1 } } });
    expect(update(next, { state: { reported: { a: null } } }).delta).toMatchObject({ state: { a: 1 } });
  });
});

describe('get and delete (device-shadow 5)', () => {
  const { next: live } = update(undefined, { state: { desired: { a: 1 }, reported: { a: 2 } } });

  it('get answers the document with its difference and the token', () => {
    const answer = applyGet(live, { clientToken: 't' }, at + 9, 'x');
    expect(wire(answer)).toEqual({
      ok: true,
      accepted: {
        state: { desired: { a: 1 }, reported: { a: 2 }, delta: { a: 1 } },
        metadata: { desired: { a: { timestamp: at } }, reported: { a: { timestamp: at } } },
        version: 1,
        timestamp: at + 9,
        clientToken: 't',
      },
    });
  });

  it('what never was, or is deleted, is 404 by name for both', () => {
    const missing = { ok: false, rejection: { code: 404, message: "No shadow exists with name: 'porch'" } };
    const deleted = applyDelete(live, {}, at, 'porch');
    if (!deleted.ok) throw new Error('not deleted');
    for (const current of [undefined, deleted.next]) {
      expect(applyGet(current, {}, at, 'porch')).toEqual(missing);
      expect(applyDelete(current, {}, at, 'porch')).toEqual(missing);
    }
  });

  it('delete tells the version that it deleted, and the count goes on above the tombstone', () => {
    const deleted = applyDelete(live, { clientToken: 't' }, at, 'x');
    expect(deleted).toEqual({
      ok: true,
      next: { version: 2, deleted: true, state: {}, metadata: {} },
      accepted: { version: 1, timestamp: at, clientToken: 't' },
    });
    if (!deleted.ok) return;
    const again = update(deleted.next, { state: { reported: { b: 1 } } });
    expect(again.next).toMatchObject({ version: 3, deleted: false, state: { reported: { b: 1 } } });
    expect(again.documents).toMatchObject({ previous: null });
  });

  it('a query is empty, or an object whose other members are ignored', () => {
    const query = (text: string) => parseQuery(Buffer.from(text));
    expect(query('')).toEqual({ ok: true, request: {} });
    expect(query('{}')).toEqual({ ok: true, request: {} });
    expect(query('{"clientToken":"t","version":1,"thingName":"x"}')).toEqual({
      ok: true,
      request: { clientToken: 't' },
    });
    for (const text of ['x', '[]', '""', 'null', ' '])
      expect(query(text)).toMatchObject({ ok: false, rejection: { code: 400, message: 'Invalid JSON' } });
    expect(query('{"clientToken":5}')).toMatchObject({
      ok: false,
      rejection: { code: 400, message: 'Invalid clientToken' },
    });
  });
});

describe('hostile names', () => {
  const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];

  it.each(names)('%s is a member like any other', (name) => {
    const first = update(undefined, `{"state":{"desired":{"${name}":{"polluted":1}}}}`);
    expect(JSON.stringify(first.next.state)).toBe(`{"desired":{"${name}":{"polluted":1}}}`);
    expect(JSON.stringify(first.delta?.state)).toBe(`{"${name}":{"polluted":1}}`);
    const second = update(first.next, `{"state":{"reported":{"${name}":{"polluted":1}}}}`);
    expect(second).not.toHaveProperty('delta');
    const gone = update(second.next, `{"state":{"desired":{"${name}":null}}}`);
    expect(JSON.stringify(gone.next.state)).toBe(`{"reported":{"${name}":{"polluted":1}}}`);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('a missing member is not found on the prototype', () => {
    const { delta } = update(
      undefined,
      '{"state":{"desired":{"toString":"x","constructor":"y"},"reported":{"a":1}}}',
    );
    expect(JSON.stringify(delta?.state)).toBe('{"toString":"x","constructor":"y"}');
  });

  it('parsed objects have no prototype at any depth', () => {
    const parsed = parseJson('{"a":{"b":[{"c":{}}]}}');
    const visit = (value: unknown): void => {
      if (isJsonObject(value)) expect(Object.getPrototypeOf(value)).toBeNull();
      if (typeof value === 'object' && value !== null)
        for (const member of Object.values(value)) visit(member);
    };
    visit(parsed.ok ? parsed.value : undefined);
  });
});
