import { describe, expect, it } from 'vitest';
import { readFollowed, touchedBetween, touchedSince } from './followed';

const document = (reported: object, stamps: object, version = 1) => {
  const read = readFollowed({ state: { reported }, metadata: { reported: stamps }, version } as never);
  if (read === undefined) throw new Error('no document');
  return read;
};
const at = (timestamp: number) => ({ timestamp });

describe('what a foreign shadow service tells', () => {
  it('is read where it is a document, with or without a reported section', () => {
    expect(readFollowed({ version: 3, state: {}, metadata: {} })).toMatchObject({ version: 3, reported: {} });
    for (const none of [undefined, null, 1, [], {}, { version: '3' }, { version: 1e300 }])
      expect(readFollowed(none as never)).toBeUndefined();
  });

  it('touches what has another value or another stamp', () => {
    const before = document({ a: 1, b: { c: 1 }, d: 'x' }, { a: at(1), b: { c: at(1) }, d: at(1) });
    const after = document(
      { a: 1, b: { c: 1 }, d: 'y', e: 2 },
      { a: at(1), b: { c: at(5) }, d: at(1), e: at(5) },
    );
    expect(touchedBetween(before, after)).toEqual({ b: { c: 1 }, d: 'y', e: 2 });
    expect(touchedBetween(undefined, after)).toEqual(after.reported);
    expect(touchedBetween(after, after)).toEqual({});
  });

  it('touches since a second what has a newer stamp anywhere below', () => {
    const now = document({ a: 1, b: { c: [1, { d: 2 }] } }, { a: at(10), b: { c: [at(9), { d: at(11) }] } });
    expect(touchedSince(now, 10)).toEqual({ b: { c: [1, { d: 2 }] } });
    expect(touchedSince(now, 11)).toEqual({});
  });
});
