import { expect, it } from 'vitest';
import { en } from '../messages/en';
import { textOf } from '../messages/lookup';
import { countText } from './count-text';

const text = textOf(en);
const all = { total: 3, locked: 3, notLocked: 0, unknown: 0 };
const now = { isOld: false, isPart: false };

it('says that all doors are locked only of all doors, and only while they are heard of', () => {
  expect(countText(all, now, text)).toBe('All 3 doors are locked');
  expect(countText(all, { ...now, isOld: true }, text)).toBe('3 of 3 doors were locked when last heard of');
  expect(countText(all, { ...now, isPart: true }, text)).toBe('3 of 3 doors locked');
});

it('does the same for a single door', () => {
  const one = { total: 1, locked: 1, notLocked: 0, unknown: 0 };
  const old = { ...now, isOld: true };
  expect(countText(one, now, text)).toBe(en['doors.all.one']);
  expect(countText(one, old, text)).toBe(en['doors.single.wasLocked']);
  expect(countText({ ...one, locked: 0, notLocked: 1 }, old, text)).toBe(en['doors.single.wasNotLocked']);
  expect(countText({ ...one, locked: 0, unknown: 1 }, old, text)).toBe(en['doors.single.unknown']);
});
