import { describe, expect, it } from 'vitest';
import { isSameJson, type Json, type JsonObject } from '../json';
import { parseUpdate, type UpdateRequest } from './request';
import { applyDelete, applyGet, applyUpdate, type Shadow } from './shadow';

/** A small generator of numbers from a seed (mulberry32), so that a failure can be seen again. */
function randomFrom(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (most: number) => Math.floor(next() * most);
  return { below, pick: <Value>(values: readonly Value[]): Value => values[below(values.length)] as Value };
}
type Random = ReturnType<typeof randomFrom>;

const names = ['a', 'b', 'c', '__proto__', 'constructor', ''];
const scalars = [true, false, 0, 1, -1.5, '', 'x', 'ø'];

function value(random: Random, depth: number, hasNulls: boolean): Json {
  const kind = random.below(hasNulls ? 5 : 4);
  if (kind === 4) return null;
  if (depth > 0 && kind === 0)
    return Array.from({ length: random.below(3) }, () => value(random, depth - 1, false));
  if (depth > 0 && kind < 3) return section(random, depth - 1, hasNulls);
  return random.pick(scalars);
}
function section(random: Random, depth: number, hasNulls: boolean): JsonObject {
  const made = Object.create(null) as JsonObject;
  for (let count = random.below(4); count > 0; count -= 1)
    made[random.pick(names)] = value(random, depth, hasNulls);
  return made;
}
function request(random: Random): UpdateRequest {
  const kind = random.below(12);
  if (kind === 0) return { state: null };
  const state: NonNullable<UpdateRequest['state']> = {};
  if (kind !== 1) state.desired = random.below(10) === 0 ? null : section(random, 3, true);
  if (kind !== 2) state.reported = random.below(10) === 0 ? null : section(random, 3, true);
  return { state };
}
function apply(current: Shadow | undefined, asked: UpdateRequest, seconds = 1) {
  const outcome = applyUpdate(current, asked, seconds);
  if (!outcome.ok) throw new Error(outcome.rejection.message);
  return outcome;
}
const asJson = (state: Shadow['state']) => state as unknown as Json;

describe.each([1, 2, 3, 4, 5])('whatever is asked of a shadow (seed %i)', (seed) => {
  /** Walks a shadow through many requests and looks at each step. */
  function walk(
    look: (step: {
      before: Shadow | undefined;
      asked: UpdateRequest;
      after: ReturnType<typeof apply>;
    }) => void,
  ) {
    const random = randomFrom(seed);
    let shadow: Shadow | undefined;
    for (let step = 0; step < 400; step += 1) {
      const asked = request(random);
      const after = apply(shadow, asked, step);
      look({ before: shadow, asked, after });
      shadow = after.next;
    }
  }

  it('the same request twice leaves the same content', () => {
    walk(({ asked, after }) => {
      const again = apply(after.next, asked);
      expect(isSameJson(asJson(again.next.state), asJson(after.next.state))).toBe(true);
      expect(again.next.version).toBe(after.next.version + 1);
    });
  });

  it('a request is not changed by being applied, nor is the shadow before it', () => {
    walk(({ before, asked }) => {
      const [wasAsked, was] = [JSON.stringify(asked), JSON.stringify(before)];
      apply(before, asked);
      expect(JSON.stringify(asked)).toBe(wasAsked);
      expect(JSON.stringify(before)).toBe(was);
    });
  });

  it('no null and no emptied section is kept, and the stamps have the shape of the values', () => {
    const hasNull = (json: Json | undefined): boolean =>
      json === null || (typeof json === 'object' && Object.values(json).some(hasNull));
    const shape = (json: Json | undefined, isStamp: boolean): Json => {
      if (Array.isArray(json)) return json.map((element) => shape(element, isStamp));
      const isLeaf = isStamp ? typeof (json as JsonObject)?.timestamp === 'number' : typeof json !== 'object';
      if (isLeaf || json === undefined || json === null || typeof json !== 'object') return 0;
      const made = Object.create(null) as JsonObject;
      for (const [name, member] of Object.entries(json)) made[name] = shape(member, isStamp);
      return made;
    };
    walk(({ after: { next } }) => {
      for (const name of ['desired', 'reported'] as const) {
        expect(hasNull(next.state[name])).toBe(false);
        if (next.state[name] !== undefined) expect(Object.keys(next.state[name])).not.toEqual([]);
        const [values, stamps] = [shape(next.state[name], false), shape(next.metadata[name], true)];
        expect({ values, isSame: isSameJson(values, stamps) }).toEqual({ values, isSame: true });
      }
    });
  });

  it('reporting the difference ends it', () => {
    walk(({ after }) => {
      const delta = after.delta?.state as JsonObject | undefined;
      if (delta === undefined) return;
      // Where the whole of a reported value has to go, it goes first: a merge alone takes nothing away.
      const cleared = apply(after.next, {
        state: { reported: Object.fromEntries(Object.keys(delta).map((name) => [name, null])) },
      });
      const wanted = Object.create(null) as JsonObject;
      for (const name of Object.keys(delta)) wanted[name] = after.next.state.desired?.[name] as Json;
      expect(apply(cleared.next, { state: { reported: wanted } }).delta).toBeUndefined();
      const isPlain = Object.values(delta).every((member) => typeof member !== 'object');
      if (isPlain) expect(apply(after.next, { state: { reported: delta } }).delta).toBeUndefined();
    });
  });

  it('a document differs from itself in nothing, and get tells the difference that update told', () => {
    walk(({ after }) => {
      const { desired } = after.next.state;
      if (desired !== undefined) {
        const same = apply(undefined, { state: { desired, reported: desired } });
        expect(same.delta).toBeUndefined();
      }
      const got = applyGet(after.next, {}, 1, 'x');
      const told = got.ok ? (got.accepted.state as { delta?: JsonObject }).delta : undefined;
      expect(isSameJson(told, after.delta?.state as JsonObject | undefined)).toBe(true);
    });
  });

  it('what is accepted over the wire reads back as it was sent', () => {
    const random = randomFrom(seed);
    for (let count = 0; count < 200; count += 1) {
      const state = { desired: section(random, 3, true), reported: section(random, 3, true) };
      const parsed = parseUpdate(Buffer.from(JSON.stringify({ state, clientToken: String(count) })));
      expect(parsed.ok).toBe(true);
      if (parsed.ok) {
        expect(isSameJson(parsed.request.state as unknown as Json, state)).toBe(true);
        expect(parsed.request.clientToken).toBe(String(count));
      }
    }
  });

  it('the version only rises, also across deletes', () => {
    const random = randomFrom(seed);
    let shadow: Shadow | undefined;
    let last = 0;
    for (let step = 0; step < 400; step += 1) {
      if (random.below(4) === 0) {
        const deleted = applyDelete(shadow, {}, 1, 'x');
        if (!deleted.ok) {
          expect(shadow === undefined || shadow.deleted).toBe(true);
          continue;
        }
        expect(deleted.accepted.version).toBe(last);
        shadow = deleted.next;
      } else {
        const before = shadow;
        const outcome = apply(shadow, request(random));
        shadow = outcome.next;
        if (before?.deleted) expect(outcome.documents.previous).toBeNull();
      }
      expect(shadow.version).toBe(last + 1);
      last = shadow.version;
    }
    expect(last).toBeGreaterThan(100);
  });
});
