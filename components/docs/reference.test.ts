import { describe, expect, it } from 'vitest';
import document from '@/public/openapi.json';
import { operations } from '@/server/contracts/registry';
import { exampleOf, type OpenApi, readReference } from './reference';

describe('the reference page', () => {
  const shown = readReference(document as unknown as OpenApi);

  it('shows every operation of the registry and nothing else', () => {
    expect(shown.map(({ id }) => id).sort()).toEqual(Object.keys(operations).sort());
  });

  it('gives every body an example that the operation itself accepts as JSON', () => {
    for (const { body } of shown)
      if (body !== undefined) expect(() => JSON.parse(body.example)).not.toThrow();
  });

  it('makes examples from formats, names and constants', () => {
    expect(
      exampleOf({
        type: 'object',
        properties: {
          email: { type: 'string' },
          at: { type: 'string', format: 'date-time' },
          kind: { const: 'x' },
          list: { type: 'array', items: { enum: ['a', 'b'] } },
        },
      }),
    ).toEqual({ email: 'kim@example.com', at: '2026-01-31T12:00:00.000Z', kind: 'x', list: ['a'] });
  });
});
