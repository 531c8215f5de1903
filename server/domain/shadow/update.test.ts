import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json';
import { defaultLimits, parseUpdate } from './request';
import { applyDelete, applyGet, applyUpdate, type Shadow } from './shadow';

const parse = (text: string) => parseUpdate(Buffer.from(text));
const at = 1_700_000_000;

/** Applies requests written as JSON, one second apart, and gives back the last outcome. */
function run(...requests: (string | object)[]) {
  let shadow: Shadow | undefined;
  let outcome: ReturnType<typeof applyUpdate> | undefined;
  for (const [index, request] of requests.entries()) {
    const parsed = parse(typeof request === 'string' ? request : JSON.stringify(request));
    if (!parsed.ok) throw new Error(parsed.rejection.message);
    outcome = applyUpdate(shadow, parsed.request, at + index);
    if (!outcome.ok) throw new Error(outcome.rejection.message);
    shadow = outcome.next;
  }
  if (outcome?.ok !== true || shadow === undefined) throw new Error('nothing was applied');
  return { shadow, ...outcome };
}
const reported = (...patches: unknown[]) =>
  run(...patches.map((patch) => ({ state: { reported: patch } }))).shadow.state.reported;
const refusal = (text: string) => {
  const parsed = parse(text);
  return parsed.ok
    ? 'accepted'
    : { ...parsed.rejection, ...('clientToken' in parsed ? { token: parsed.clientToken } : {}) };
};
const bad = (message: string, token?: string) => ({
  code: 400,
  message,
  ...(token === undefined ? {} : { token }),
});

describe('checks of an update, in the order of device-shadow 3', () => {
  it('refuses bytes that are no UTF-8 with 415', () => {
    const parsed = parseUpdate(
      Buffer.concat([Buffer.from('{"state":{"reported":{"a":"'), Buffer.from([0xff]), Buffer.from('"}}}')]),
    );
    expect(parsed).toMatchObject({
      ok: false,
      rejection: { code: 415, message: 'Unsupported documented encoding; supported encoding is UTF-8' },
    });
  });

  it('refuses a payload above 128 KiB unparsed', () => {
    const filled = (bytes: number) => `{"state":{},"more":"${'x'.repeat(bytes - 22)}"}`;
    expect(filled(131_072)).toHaveLength(131_072);
    expect(refusal(filled(131_072))).toBe('accepted');
    expect(refusal(filled(131_073))).toEqual({
      code: 413,
      message: 'The payload exceeds the maximum size allowed',
    });
    expect(refusal('{'.repeat(131_073))).toMatchObject({ code: 413 });
  });

  it.each(['', 'x', '{', '[]', '"a"', '1', 'null', '{"state":{}} x', "{'state':{}}"])(
    '%s is invalid JSON',
    (text) => {
      expect(refusal(text)).toEqual(bad('Invalid JSON'));
    },
  );

  it('refuses a token that is no text of at most 64 bytes, and does not echo it', () => {
    const withToken = (token: unknown) => refusal(JSON.stringify({ state: 7, clientToken: token }));
    for (const token of [1, null, {}, [], true, 'x'.repeat(65), 'ø'.repeat(33)]) {
      expect(withToken(token)).toEqual(bad('Invalid clientToken'));
    }
    for (const token of ['', 'x'.repeat(64), 'ø'.repeat(32)]) {
      expect(withToken(token)).toEqual(bad('State node must be an object', token));
    }
  });

  it.each([
    ['{}', 'Missing required node: state'],
    ['{"desired":{}}', 'Missing required node: state'],
    ['{"state":[]}', 'State node must be an object'],
    ['{"state":"on"}', 'State node must be an object'],
    ['{"state":false}', 'State node must be an object'],
    ['{"state":{"reported":{},"delta":{}}}', "State contains an invalid node: 'delta'"],
    ['{"state":{"__proto__":{}}}', "State contains an invalid node: '__proto__'"],
    ['{"state":{"desired":[]}}', 'Desired node must be an object'],
    ['{"state":{"desired":"on"}}', 'Desired node must be an object'],
    ['{"state":{"reported":1}}', 'Reported node must be an object'],
    ['{"state":{},"version":"1"}', 'Invalid version'],
    ['{"state":{},"version":-1}', 'Invalid version'],
    ['{"state":{},"version":1.5}', 'Invalid version'],
    ['{"state":{},"version":{}}', 'Invalid version'],
    ['{"state":{"reported":{"a":[1,null]}}}', 'Arrays must not contain null'],
    ['{"state":{"desired":{"a":{"b":[[{"c":1}],[null]]}}}}', 'Arrays must not contain null'],
  ])('%s: %s, with the token echoed', (text, message) => {
    expect(refusal(text)).toEqual(bad(message));
    expect(refusal(`${text.slice(0, -1)}${text === '{}' ? '' : ','}"clientToken":"t-1"}`)).toEqual(
      bad(message, 't-1'),
    );
  });

  it('answers the first failure when there are several', () => {
    expect(refusal('{"clientToken":1}')).toEqual(bad('Invalid clientToken'));
    expect(refusal('{"state":{"x":1,"desired":1},"version":-1}')).toEqual(
      bad("State contains an invalid node: 'x'"),
    );
    expect(refusal('{"state":{"desired":1},"version":-1}')).toEqual(bad('Desired node must be an object'));
    expect(refusal('{"state":{"desired":{"a":[null]}},"version":-1}')).toEqual(bad('Invalid version'));
    expect(refusal('{"state":{"desired":{"a":{"b":{"c":{"d":{"e":{"f":[null]}}}}}}}}')).toEqual(
      bad('JSON contains too many levels of nesting; maximum is 6'),
    );
  });

  it('counts the section as level 1 and allows six, objects and arrays alike', () => {
    const nested = (levels: number, open: string, close: string) =>
      `{"state":{"desired":{"a":${open.repeat(levels - 1)}1${close.repeat(levels - 1)}}}}`;
    const tooDeep = bad('JSON contains too many levels of nesting; maximum is 6');
    for (const [open, close] of [
      ['{"a":', '}'],
      ['[', ']'],
    ] as const) {
      expect(refusal(nested(6, open, close))).toBe('accepted');
      expect(refusal(nested(7, open, close))).toEqual(tooDeep);
      expect(refusal(nested(10_000, open, close))).toEqual(tooDeep);
    }
    const eight = parseUpdate(Buffer.from(nested(8, '[', ']')), { ...defaultLimits, depth: 8 });
    expect(eight.ok).toBe(true);
  });

  it('takes null for the state, for a section and for the version, and ignores other members', () => {
    expect(parse('{"state":null,"version":null,"thingName":"a","timestamp":1e400}').ok).toBe(false);
    expect(parse('{"state":null,"version":null,"thingName":"a"}')).toEqual({
      ok: true,
      request: { state: null },
    });
    expect(parse('{"state":{"desired":null}}')).toMatchObject({
      ok: true,
      request: { state: { desired: null } },
    });
  });

  it.each(['9007199254740993', '1e400', '-1e400', '123456789012345678901234567890'])(
    '%s would become another number: refused',
    (number) => {
      expect(refusal(`{"state":{"reported":{"a":${number}}}}`)).toMatchObject({ code: 400 });
    },
  );

  it('a version that is not the live one is a conflict; without a live shadow it is ignored', () => {
    const { shadow } = run({ state: {} }, { state: {} });
    const asked = (version: number, current: Shadow | undefined) =>
      applyUpdate(current, { state: {}, version }, at);
    expect(asked(1, shadow)).toEqual({ ok: false, rejection: { code: 409, message: 'Version conflict' } });
    expect(asked(3, shadow)).toMatchObject({ ok: false });
    expect(asked(2, shadow)).toMatchObject({ ok: true, next: { version: 3 } });
    expect(asked(7, undefined)).toMatchObject({ ok: true, next: { version: 1 } });
    const deleted = applyDelete(shadow, {}, at, 'x');
    if (!deleted.ok) throw new Error('not deleted');
    expect(asked(2, deleted.next)).toMatchObject({ ok: true, next: { version: 4 } });
  });

  it('measures the merged document, both sections, without metadata', () => {
    const section = (bytes: number) => ({ a: 'x'.repeat(bytes - 8) });
    expect(JSON.stringify(section(4096))).toHaveLength(4096);
    const full = run({ state: { desired: section(4096) } }, { state: { reported: section(4096) } });
    expect(full.shadow.version).toBe(2);
    const over = applyUpdate(full.shadow, { state: { reported: { b: 1 } as unknown as JsonObject } }, at);
    expect(over).toEqual({
      ok: false,
      rejection: { code: 413, message: 'The payload exceeds the maximum size allowed' },
    });
    expect(
      applyUpdate(full.shadow, { state: { reported: { a: 'ø' } as unknown as JsonObject } }, at).ok,
    ).toBe(true);
    const wide = applyUpdate(
      undefined,
      { state: { reported: { a: 'ø'.repeat(4093) } as unknown as JsonObject } },
      at,
    );
    expect(wide.ok).toBe(false);
  });
});

describe('merge (device-shadow 3)', () => {
  it.each([
    ['null takes a member away', [{ a: 1, b: 2 }, { a: null }], { b: 2 }],
    ['null for an absent member is nothing', [{ b: 2 }, { a: null }], { b: 2 }],
    [
      'objects merge, what is not mentioned stays',
      [{ a: { b: 1, c: 2 } }, { a: { c: 3, d: 4 } }],
      { a: { b: 1, c: 3, d: 4 } },
    ],
    [
      'an object replaces a scalar, nulls inside dropped',
      [{ a: 1 }, { a: { b: 2, c: null, d: { e: null, f: 1 } } }],
      { a: { b: 2, d: { f: 1 } } },
    ],
    ['an object replaces an array', [{ a: [1] }, { a: { b: 2 } }], { a: { b: 2 } }],
    ['an object of nulls creates nothing', [{ x: 1 }, { a: { b: null, c: { d: null } } }], { x: 1 }],
    ['an object of nulls leaves the scalar that stood there', [{ a: 1 }, { a: { b: null } }], { a: 1 }],
    ['{} onto nothing is stored', [{ x: 1 }, { a: {} }], { a: {}, x: 1 }],
    ['{} onto a scalar is stored', [{ a: 1 }, { a: {} }], { a: {} }],
    ['{} onto an object changes nothing', [{ a: { b: 1 } }, { a: {} }], { a: { b: 1 } }],
    ['arrays are replaced whole', [{ a: [1, 2, 3] }, { a: [4] }], { a: [4] }],
    ['a scalar replaces an object', [{ a: { b: 1 } }, { a: 'x' }], { a: 'x' }],
    [
      'false, 0 and the empty text are values',
      [
        { a: 1, b: 1, c: 1 },
        { a: false, b: 0, c: '' },
      ],
      { a: false, b: 0, c: '' },
    ],
  ])('%s', (_title, patches, expected) => {
    expect(reported(...patches)).toEqual(expected);
  });

  it('a section that is null, or left without members, is gone', () => {
    expect(
      run({ state: { desired: { a: 1 }, reported: { b: 1 } } }, { state: { reported: null } }).shadow.state,
    ).toEqual({ desired: { a: 1 } });
    expect(reported({ a: 1 }, { a: null })).toBeUndefined();
    const emptied = run({ state: { desired: { a: 1 }, reported: { b: 1 } } }, { state: null });
    expect(emptied.shadow).toEqual({ version: 2, deleted: false, state: {}, metadata: {} });
    expect(applyGet(emptied.shadow, {}, at, 'x')).toEqual({
      ok: true,
      accepted: { state: {}, metadata: {}, version: 2, timestamp: at },
    });
  });

  it('state {} and an empty section change nothing, make the shadow and raise the version', () => {
    expect(run({ state: {} }).shadow).toEqual({ version: 1, deleted: false, state: {}, metadata: {} });
    expect(run({ state: { reported: {} } }).shadow).toEqual({
      version: 1,
      deleted: false,
      state: {},
      metadata: {},
    });
    expect(run({ state: { reported: { a: 1 } } }, { state: { reported: {} } }).shadow).toMatchObject({
      version: 2,
      state: { reported: { a: 1 } },
    });
  });

  it('stamps what was written and leaves the stamps of the rest', () => {
    const { shadow } = run(
      { state: { reported: { a: 1, b: { c: 1, d: [1, { e: 2 }] } } } },
      { state: { reported: { b: { c: 1 } } } },
      { state: { reported: { a: { x: 1 } } } },
    );
    expect(shadow.metadata).toEqual({
      reported: {
        a: { x: { timestamp: at + 2 } },
        b: { c: { timestamp: at + 1 }, d: [{ timestamp: at }, { e: { timestamp: at } }] },
      },
    });
  });

  it('takes the last of two members with one name', () => {
    const { shadow } = run('{"state":{"reported":{"a":1,"a":2}}}');
    expect(shadow.state.reported).toEqual({ a: 2 });
  });
});
