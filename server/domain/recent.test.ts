import { expect, it } from 'vitest';
import { Recent } from './recent';

const filled = (most: number, count: number) => {
  const recent = new Recent<number, string>(most);
  for (let key = 0; key < count; key += 1) recent.set(key, `value ${key}`);
  return recent;
};
/** The keys that such a memory has, each looked up in one of its own: a look is a use. */
const kept = (make: () => Recent<number, string>, count: number) =>
  Array.from({ length: count }, (_, key) => key).filter((key) => make().get(key) !== undefined);

it('keeps at least as many as it should, the last of them, and at most twice so many', () => {
  expect(kept(() => filled(10, 9), 9)).toHaveLength(9);
  expect(kept(() => filled(10, 25), 25)).toEqual(Array.from({ length: 15 }, (_, n) => n + 10));
});

it('keeps what is used, however much comes in between', () => {
  const recent = filled(10, 1);
  for (let key = 1; key < 100; key += 1) {
    recent.set(key, 'other');
    expect(recent.get(0)).toBe('value 0');
  }
});

it('answers with what was set last, and with nothing that was deleted', () => {
  const recent = filled(3, 4);
  recent.set(0, 'newer');
  expect(recent.get(0)).toBe('newer');
  recent.delete(0);
  recent.delete(1);
  expect([0, 1, 2, 3].map((key) => recent.get(key) !== undefined)).toEqual([false, false, true, true]);
});
