import { expect, it } from 'vitest';
import { RequestRate } from './request-rate';

it('device-shadow 6: a thing has its rate, a burst of two seconds of it, and nobody else pays', () => {
  let now = 0;
  const rate = new RequestRate(20, () => now);
  const taken = (thing: string, tries: number) =>
    Array.from({ length: tries }, () => rate.take(thing)).filter(Boolean).length;
  expect(taken('a', 100)).toBe(40);
  expect(taken('b', 10)).toBe(10);
  now = 500;
  expect(taken('a', 100)).toBe(10);
  now = 60_000;
  expect(taken('a', 100)).toBe(40);
  // A clock that is set back gives nothing away and takes nothing.
  now = 0;
  expect(taken('a', 100)).toBe(0);
  now = 1_000;
  expect(taken('a', 100)).toBe(20);
});
