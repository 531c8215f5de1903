import { describe, expect, it } from 'vitest';
import { operations } from '../contracts/registry';
import { send } from '../testing/api-client';
import { mounts } from '../testing/mounts';
import { makeOpenApi } from './openapi';

interface Document {
  paths: Record<string, Record<string, { operationId: string }>>;
}

describe.each(mounts())('the OpenAPI document ($name)', ({ url }) => {
  const document = makeOpenApi() as Document;
  const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => ({
      path,
      method: method.toUpperCase(),
      operationId,
    })),
  );

  it('lists every operation under its own method and path', () => {
    expect(listed.map(({ operationId, method, path }) => `${operationId} ${method} ${path}`).sort()).toEqual(
      Object.entries(operations)
        .map(([id, { method, path }]) => `${id} ${method} ${path}`)
        .sort(),
    );
  });

  it('lists no route that nobody answers', async () => {
    for (const { method, path } of listed) {
      const reply = await send(url, method, path.replace(/\{\w+\}/g, '1'));
      expect([method, path, [404, 405].includes(reply.status)]).toEqual([method, path, false]);
    }
  });
});
