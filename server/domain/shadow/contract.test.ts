import { describe, expect, it } from 'vitest';
import { parseJson } from '../json';
import { defaultLimits, parseQuery, parseUpdate, type ShadowLimits } from './request';
import { applyDelete, applyGet, applyUpdate, type Shadow } from './shadow';

// Line by line through device-shadow 2 to 6; the wire's side of it is in server/bridge.

const at = 1_700_000_000;
const stamp = (seconds = at) => ({ timestamp: seconds });
const bytes = (request: unknown) =>
  Buffer.from(typeof request === 'string' ? request : JSON.stringify(request));

function update(
  current: Shadow | undefined,
  request: unknown,
  seconds = at,
  limits: ShadowLimits = defaultLimits,
) {
  const parsed = parseUpdate(bytes(request), limits);
  if (!parsed.ok) return { refused: parsed.rejection, clientToken: parsed.clientToken };
  const outcome = applyUpdate(current, parsed.request, seconds, limits);
  return outcome.ok
    ? { refused: undefined, ...outcome }
    : { refused: outcome.rejection, clientToken: undefined };
}
function accepted(current: Shadow | undefined, request: unknown, seconds = at) {
  const outcome = update(current, request, seconds);
  if (outcome.refused !== undefined) throw new Error(outcome.refused.message);
  return outcome;
}
const refused = (request: unknown, current?: Shadow) => update(current, request).refused;
const desire = (desired: unknown) => ({ state: { desired } });
const report = (reported: unknown) => ({ state: { reported } });
const nested = (levels: number): unknown => (levels === 1 ? { a: 1 } : { a: nested(levels - 1) });

describe('device-shadow 2: messages', () => {
  it('2: other top-level members of a request are ignored', () => {
    const { next } = accepted(undefined, { ...desire({ a: 1 }), thingName: 'x', deep: [[[[[[[[null]]]]]]]] });
    expect(next.state).toEqual({ desired: { a: 1 } });
  });

  it('2: timestamps are whole seconds', () => {
    const { accepted: document } = accepted(undefined, desire({ a: 1 }));
    expect(document.timestamp).toBe(at);
  });

  it('2: accepted repeats the sections that were sent and no other, nulls included, with a stamp for every leaf', () => {
    const first = accepted(undefined, { state: { desired: { old: 1 }, reported: { old: 1 } } });
    const { accepted: document } = accepted(
      first.next,
      { ...report({ a: { b: null, c: [1, { d: 2 }] }, e: null }), clientToken: 't' },
      at + 5,
    );
    const later = stamp(at + 5);
    expect(document).toEqual({
      state: { reported: { a: { b: null, c: [1, { d: 2 }] }, e: null } },
      metadata: { reported: { a: { b: later, c: [later, { d: later }] }, e: later } },
      version: 2,
      timestamp: at + 5,
      clientToken: 't',
    });
  });

  it('2: get/accepted leaves empty sections out', () => {
    const { next } = accepted(undefined, desire({ a: 1 }));
    const got = applyGet(next, { clientToken: 'g' }, at + 1, 'x');
    expect(got).toEqual({
      ok: true,
      accepted: {
        state: { desired: { a: 1 }, delta: { a: 1 } },
        metadata: { desired: { a: stamp() } },
        version: 1,
        timestamp: at + 1,
        clientToken: 'g',
      },
    });
  });

  it('2: delete/accepted holds version, timestamp and token alone, and the version that was deleted', () => {
    const { next } = accepted(undefined, desire({ a: 1 }));
    expect(applyDelete(next, { clientToken: 'd' }, at, 'x')).toMatchObject({
      accepted: { version: 1, timestamp: at, clientToken: 'd' },
    });
  });

  it('2: delta has no level called desired, and the stamps of the desired leaves in it', () => {
    const first = accepted(undefined, desire({ a: 1, b: { c: 1, d: 2 } }));
    const { delta } = accepted(first.next, { ...report({ a: 1, b: { c: 1 } }), clientToken: 't' }, at + 9);
    expect(delta).toEqual({
      state: { b: { d: 2 } },
      metadata: { b: { d: stamp() } },
      version: 2,
      timestamp: at + 9,
      clientToken: 't',
    });
  });

  it('2: documents has before and after without a delta; before the first version there is null', () => {
    const first = accepted(undefined, { ...desire({ a: 1 }), clientToken: 't' });
    const one = { state: { desired: { a: 1 } }, metadata: { desired: { a: stamp() } }, version: 1 };
    expect(first.documents).toEqual({ previous: null, current: one, timestamp: at, clientToken: 't' });
    const second = accepted(first.next, report({ a: 1 }), at + 1);
    expect(second.documents).toEqual({
      previous: one,
      current: {
        state: { desired: { a: 1 }, reported: { a: 1 } },
        metadata: { desired: { a: stamp() }, reported: { a: stamp(at + 1) } },
        version: 2,
      },
      timestamp: at + 1,
    });
  });

  it.each([
    ['a missing state', '{"clientToken":"t"}'],
    ['a wrong section', '{"state":{"desired":1},"clientToken":"t"}'],
    ['a wrong version', '{"state":{},"version":-1,"clientToken":"t"}'],
    ['too many levels', JSON.stringify({ ...desire(nested(7)), clientToken: 't' })],
    [
      'ten thousand levels',
      `{"clientToken":"t","state":{"desired":${'{"a":'.repeat(1e4)}1${'}'.repeat(1e4)}}}`,
    ],
    ['null in an array', '{"state":{"desired":{"a":[null]}},"clientToken":"t"}'],
    ['a number that cannot be kept', '{"state":{"desired":{"a":1e400}},"clientToken":"t"}'],
    [
      'a number that cannot be kept, after the token',
      '{"clientToken":"t","state":{"desired":{"a":9007199254740993}}}',
    ],
  ])('2: the token is echoed with the refusal of %s', (_title, request) => {
    expect(update(undefined, request)).toMatchObject({ refused: { code: 400 }, clientToken: 't' });
  });

  it.each([1, null, {}, [], true, 'x'.repeat(65), 'ø'.repeat(33)])(
    '2: a token that is itself invalid is refused and not echoed: %j',
    (clientToken) => {
      const outcome = update(undefined, { state: {}, clientToken });
      expect(outcome.refused).toEqual({ code: 400, message: 'Invalid clientToken' });
      expect(outcome.clientToken).toBeUndefined();
    },
  );
});

describe('device-shadow 3: checks', () => {
  const tooLarge = 128 * 1024 + 1;
  const latin = Buffer.from([0x7b, 0xe9, 0x7d]);

  it('3.1: not UTF-8 is 415, also when it is too large as well; too large is 413 without being parsed', () => {
    expect(parseUpdate(latin)).toMatchObject({ rejection: { code: 415 } });
    expect(parseUpdate(Buffer.alloc(tooLarge, 0xe9))).toMatchObject({ rejection: { code: 415 } });
    expect(parseUpdate(Buffer.alloc(tooLarge, '{'))).toMatchObject({ rejection: { code: 413 } });
  });

  it.each([
    ['3.2 before 3.3', { clientToken: 1 }, 'Invalid clientToken'],
    ['3.3 before 3.4', { state: 'x', version: 'y' }, 'State node must be an object'],
    ['3.4 before 3.5', { state: { other: {} }, version: 'y' }, "State contains an invalid node: 'other'"],
    [
      '3.4: the nodes before their kinds',
      { state: { desired: 1, x: {} } },
      "State contains an invalid node: 'x'",
    ],
    ['3.5 before 3.6', { ...desire(nested(7)), version: 1.5 }, 'Invalid version'],
    [
      '3.6 before 3.7',
      desire({ a: nested(6), b: [null] }),
      'JSON contains too many levels of nesting; maximum is 6',
    ],
  ])('%s', (_title, request, message) => {
    expect(refused(request)).toEqual({ code: 400, message });
  });

  it('3.7 before 3.8, 3.8 before 3.9', () => {
    const { next } = accepted(undefined, desire({ a: 1 }));
    expect(refused({ ...desire({ a: [null] }), version: 9 }, next)?.code).toBe(400);
    expect(refused({ ...desire({ a: 'x'.repeat(9_000) }), version: 9 }, next)?.code).toBe(409);
    expect(refused({ ...desire({ a: 'x'.repeat(9_000) }), version: 1 }, next)?.code).toBe(413);
  });

  it('3.2: a token of 64 bytes is one, whatever its letters; so is the empty text', () => {
    for (const clientToken of ['x'.repeat(64), 'ø'.repeat(32), ''])
      expect(accepted(undefined, { state: {}, clientToken }).accepted.clientToken).toBe(clientToken);
  });

  it('3.5: the version may be absent, null, or a whole number from zero', () => {
    for (const version of [undefined, null, 0, 7]) expect(refused({ state: {}, version })).toBeUndefined();
    for (const version of [-1, 1.5, '1', true, {}, []])
      expect(refused({ state: {}, version })).toEqual({ code: 400, message: 'Invalid version' });
  });

  it('3.6: the section is level 1 and six are taken; one setting raises it', () => {
    expect(refused(desire(nested(6)))).toBeUndefined();
    expect(refused(desire(nested(7)))?.code).toBe(400);
    expect(refused(desire({ a: [[[[[1]]]]] }))).toBeUndefined();
    expect(refused(desire({ a: [[[[[[1]]]]]] }))?.code).toBe(400);
    const eight = { ...defaultLimits, depth: 8 };
    expect(update(undefined, desire(nested(8)), at, eight).refused).toBeUndefined();
    expect(update(undefined, desire(nested(9)), at, eight).refused?.message).toMatch(/maximum is 8$/);
  });

  it('3.7: null anywhere inside an array is refused', () => {
    for (const value of [[null], [1, [null]], [{ a: null }], { b: [[{ c: [null] }]] }])
      expect(refused(desire({ a: value }))).toMatchObject({ code: 400 });
  });

  it('3.8: a version counts against a live shadow alone', () => {
    expect(refused({ state: {}, version: 9 })).toBeUndefined();
    const { next } = accepted(undefined, { state: {} });
    expect(refused({ state: {}, version: 9 }, next)).toEqual({ code: 409, message: 'Version conflict' });
    const deleted = applyDelete(next, {}, at, 'x');
    expect(deleted.ok && accepted(deleted.next, { state: {}, version: 1 }).next.version).toBe(3);
  });

  it('3.9: the merged document counts, metadata does not: a tiny update can be too much', () => {
    const most = 8192;
    const filled = (count: number) => ({ a: 'x'.repeat(count - '{"a":""}'.length) });
    const full = accepted(undefined, desire(filled(most)));
    expect(refused(desire(filled(most + 1)))?.code).toBe(413);
    expect(refused(report({ b: 1 }), full.next)?.code).toBe(413);
    expect(refused({ state: { desired: null, reported: filled(most) } }, full.next)).toBeUndefined();
    expect(refused(desire({ a: 'ø'.repeat(4_092) }))).toBeUndefined();
    expect(refused(desire({ a: 'ø'.repeat(4_093) }))?.code).toBe(413);
  });
});

describe('device-shadow 3: merge, metadata, versions', () => {
  it('3: scalar to object and back changes the shape of the metadata with it', () => {
    const one = accepted(undefined, report({ a: 1, b: 1 }));
    const two = accepted(one.next, report({ a: { c: 1, d: 2 } }), at + 1);
    expect(two.next.metadata.reported).toEqual({ a: { c: stamp(at + 1), d: stamp(at + 1) }, b: stamp() });
    const three = accepted(two.next, report({ a: { d: 3 } }), at + 2);
    expect(three.next.metadata.reported).toEqual({ a: { c: stamp(at + 1), d: stamp(at + 2) }, b: stamp() });
    expect(accepted(three.next, report({ a: 5 }), at + 3).next.metadata.reported).toEqual({
      a: stamp(at + 3),
      b: stamp(),
    });
  });

  it('3: a member that goes takes its metadata with it', () => {
    const { next } = accepted(
      accepted(undefined, report({ a: { b: 1 }, c: 1 })).next,
      report({ a: { b: null } }),
    );
    expect(next.metadata.reported).toEqual({ a: {}, c: stamp() });
    expect(accepted(next, report({ a: null })).next.metadata.reported).toEqual({ c: stamp() });
  });

  it('3: state null empties both, the shadow stays, its version rises', () => {
    const { next } = accepted(undefined, { state: { desired: { a: 1 }, reported: { a: 2 } } });
    const emptied = accepted(next, { state: null });
    expect(emptied.next).toEqual({ version: 2, deleted: false, state: {}, metadata: {} });
    expect(emptied.delta).toBeUndefined();
    expect(emptied.documents).toMatchObject({ current: { state: {}, metadata: {}, version: 2 } });
  });

  it('3: every accepted update counts one, also when nothing changed, and delete counts one', () => {
    let shadow = accepted(undefined, desire({ a: 1 })).next;
    for (const version of [2, 3, 4]) {
      shadow = accepted(shadow, desire({ a: 1 })).next;
      expect(shadow.version).toBe(version);
    }
    const deleted = applyDelete(shadow, {}, at, 'x');
    expect(deleted).toMatchObject({ next: { version: 5, deleted: true }, accepted: { version: 4 } });
    expect(deleted.ok && accepted(deleted.next, desire({ a: 1 })).accepted.version).toBe(6);
  });
});

describe('device-shadow 4: delta', () => {
  it('4: is told whichever section was updated, and whole, until nothing is left', () => {
    const first = accepted(undefined, desire({ a: 1, b: 2 }));
    expect(first.delta?.state).toEqual({ a: 1, b: 2 });
    const second = accepted(first.next, report({ other: 1 }));
    expect(second.delta?.state).toEqual({ a: 1, b: 2 });
    const third = accepted(second.next, report({ a: 1, b: 3 }));
    expect(third.delta?.state).toEqual({ b: 2 });
    // A refusal reported by the device gets the difference again.
    expect(accepted(third.next, report({ b: 3 })).delta?.state).toEqual({ b: 2 });
    expect(accepted(third.next, report({ b: 2 })).delta).toBeUndefined();
  });

  it('4: nothing is copied or cleared on agreement', () => {
    const { next } = accepted(accepted(undefined, desire({ a: 1 })).next, report({ a: 1 }));
    expect(next.state).toEqual({ desired: { a: 1 }, reported: { a: 1 } });
  });

  it('4: 1 equals 1.0 and 10 equals 1e1', () => {
    const first = accepted(undefined, '{"state":{"desired":{"a":1.0,"b":1e1}}}');
    expect(accepted(first.next, '{"state":{"reported":{"a":1,"b":10}}}').delta).toBeUndefined();
  });
});

describe('device-shadow 5: get and delete', () => {
  it('5: an emptied shadow is got with an empty state', () => {
    const { next } = accepted(accepted(undefined, desire({ a: 1 })).next, { state: null });
    expect(applyGet(next, {}, at, 'x')).toMatchObject({
      ok: true,
      accepted: { state: {}, metadata: {}, version: 2 },
    });
  });

  it('5: empty, {} and the members that SDKs send are taken; blanks and what is no object are not', () => {
    for (const payload of ['', '{}', '{"version":7,"thingName":"x","shadowName":"y","clientToken":"t"}'])
      expect(parseQuery(bytes(payload)).ok).toBe(true);
    for (const payload of [' ', 'null', '[]', '"x"', '{'])
      expect(parseQuery(bytes(payload))).toMatchObject({ rejection: { code: 400, message: 'Invalid JSON' } });
    expect(parseQuery(bytes('{"clientToken":5}'))).toMatchObject({
      rejection: { message: 'Invalid clientToken' },
    });
  });
});

describe('device-shadow 6: hostile input', () => {
  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', ''])(
    '6: %s is a member name like any other, in every document',
    (name) => {
      const text = `{"state":{"desired":{${JSON.stringify(name)}:{"x":1}}}}`;
      const { next, accepted: document, delta } = accepted(undefined, text);
      for (const told of [next.state.desired, document.state, delta?.state])
        expect(JSON.stringify(told)).toContain(`${JSON.stringify(name)}:{"x":1}`);
      expect(({} as Record<string, unknown>).x).toBeUndefined();
      expect(accepted(next, `{"state":{"desired":{${JSON.stringify(name)}:null}}}`).next.state).toEqual({});
    },
  );

  it('6: of two members with one name the last wins, at the top too', () => {
    expect(accepted(undefined, '{"state":{"desired":{"a":1,"a":2}}}').next.state.desired).toEqual({ a: 2 });
    expect(accepted(undefined, '{"state":1,"state":{"desired":{"a":3}}}').next.state.desired).toEqual({
      a: 3,
    });
  });

  it('6: what is nearly as small or as large as numbers go is kept', () => {
    for (const number of ['1e-300', '5e-324', '9007199254740991', '1.7976931348623157e-3', '0e-999', '0.0'])
      expect({ number, refused: refused(`{"state":{"desired":{"a":${number}}}}`) }).toEqual({ number });
    expect(refused('{"state":{"desired":{"a":"1e-400 9007199254740993"}}}')).toBeUndefined();
  });

  it('6: a NUL and half of a surrogate pair come back as they were written', () => {
    const { next } = accepted(undefined, '{"state":{"desired":{"a":"\\u0000\\ud800"}}}');
    const again = parseJson(JSON.stringify(next.state));
    expect(again.ok && again.value).toEqual({ desired: { a: '\u0000\ud800' } });
  });
});
