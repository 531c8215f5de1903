import { expect, it } from 'vitest';
import type { DoorCondition } from '@/server/domain/lock/predicates';
import { figureOf } from './lock-figure';

const conditions: DoorCondition[] = [
  'unlocked',
  'unlatched',
  'not-fully-locked',
  'jammed',
  'unknown',
  'unreachable',
  'unlocking',
  'locking',
];

it('draws the bolt fully out for a locked door and for no other', () => {
  expect(figureOf({ condition: 'locked', contact: 'closed' }).bolt).toBe('out');
  for (const condition of conditions)
    expect(figureOf({ condition, contact: 'closed' }).bolt, condition).not.toBe('out');
});

it('marks what is not known besides drawing it otherwise', () => {
  expect(figureOf({ condition: 'unknown', contact: 'closed' })).toMatchObject({
    bolt: 'unknown',
    mark: 'unknown',
  });
  expect(figureOf({ condition: 'unreachable', contact: 'unknown' })).toMatchObject({
    bolt: 'unknown',
    mark: 'unreachable',
  });
});

it('draws every condition differently', () => {
  const drawings = (['locked', ...conditions] as const).map((condition) =>
    JSON.stringify(figureOf({ condition, contact: 'closed' })),
  );
  expect(new Set(drawings).size).toBe(drawings.length);
});
