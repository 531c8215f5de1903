import { describe, expect, it } from 'vitest';
import { changedPaths, shadowLines } from './json-diff';

describe('a shadow side by side', () => {
  it('has one line for each path of either side, and marks what is still to follow', () => {
    expect(
      shadowLines({
        desired: { light: { on: true, level: 5 } },
        reported: { light: { on: false, level: 5 }, tags: ['a'], empty: {} },
        delta: { light: { on: true } },
      }),
    ).toEqual([
      { path: 'empty', desired: undefined, reported: '{}', isDelta: false },
      { path: 'light.level', desired: '5', reported: '5', isDelta: false },
      { path: 'light.on', desired: 'true', reported: 'false', isDelta: true },
      { path: 'tags', desired: undefined, reported: '["a"]', isDelta: false },
    ]);
  });

  it('keeps names with dots apart from paths', () => {
    const lines = shadowLines({ desired: { 'a.b': 1, a: { b: 2 } }, reported: {}, delta: {} });
    expect(lines.map(({ path }) => path)).toEqual(['"a.b"', 'a.b']);
  });

  it('names what changed between two readings, gone paths as well', () => {
    const read = (reported: object) => shadowLines({ desired: {}, reported, delta: {} });
    expect([
      ...changedPaths(read({ a: 1, b: [{ x: 1, y: 2 }], c: 3 }), read({ a: 2, b: [{ y: 2, x: 1 }], d: 4 })),
    ]).toEqual(['a', 'd', 'c']);
    expect(changedPaths(read({}), read({})).size).toBe(0);
  });
});
