import { describe, expect, it } from 'vitest';
import document from '@/public/openapi.json';
import type { Operation } from '@/server/contracts/operation';
import { type OperationId, operations } from '@/server/contracts/registry';
import { type OpenApi, readReference } from './reference';

describe('the reference page', () => {
  const shown = readReference(document as unknown as OpenApi);

  it('shows every operation of the registry and nothing else', () => {
    expect(shown.map(({ id }) => id).sort()).toEqual(Object.keys(operations).sort());
  });

  it('gives every body an example that the operation itself accepts', () => {
    const withBody = shown.filter(({ body }) => body !== undefined);
    expect(withBody.length).toBeGreaterThan(20);
    for (const { id, body } of withBody) {
      const operation: Operation = operations[id as OperationId];
      const parsed = operation.body?.safeParse(JSON.parse(body?.example ?? ''));
      expect({ id, issues: parsed?.error?.issues ?? [] }).toEqual({ id, issues: [] });
    }
  });

  it('gives every answer that has a body an example in its shape', () => {
    for (const { id, responses } of shown) {
      const { output, status }: Operation = operations[id as OperationId];
      if (output === undefined) continue;
      const example = responses.find((response) => response.status === String(status))?.example;
      const parsed = output.safeParse(JSON.parse(example ?? ''));
      expect({ id, issues: parsed.error?.issues ?? [] }).toEqual({ id, issues: [] });
    }
  });
});
