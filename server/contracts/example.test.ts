import { expect, it } from 'vitest';
import { exampleOf } from './example';

it('makes examples from formats, names, patterns and constants', () => {
  expect(
    exampleOf({
      type: 'object',
      properties: {
        email: { type: 'string' },
        at: { type: 'string', format: 'date-time' },
        kind: { const: 'x' },
        list: { type: 'array', items: { enum: ['a', 'b'] } },
        homeId: { anyOf: [{ type: 'string', pattern: '^\\d+$' }, { type: 'number' }] },
      },
    }),
  ).toEqual({
    email: 'kim@example.com',
    at: '2026-01-31T12:00:00.000Z',
    kind: 'x',
    list: ['a'],
    homeId: '42',
  });
});
