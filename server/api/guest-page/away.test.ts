import { OpenAPIHono } from '@hono/zod-openapi';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { ApiEnv, ApiSettings } from '../request';
import { mountGuestPage } from './routes';

const databaseAway = new Proxy({} as ApiSettings['deps']['db'], {
  get: () => {
    throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
  },
});
const app = new OpenAPIHono<ApiEnv>();
mountGuestPage(app, {
  deps: { db: databaseAway, clock: { now: () => new Date() }, log: pino({ level: 'silent' }) },
} as ApiSettings);

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const ask = async (path: string, init: RequestInit = {}) => {
  const answer = await app.request(path, init);
  return { answer, text: await answer.text(), id: answer.headers.get('x-request-id') ?? '' };
};

describe("the guest's page while the service cannot answer", () => {
  it('is still a page, names the request and comes back by itself', async () => {
    const { answer, text, id } = await ask('/k/abc?request=1', { headers: browser });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(text).toContain('The service cannot answer right now.');
    expect(text).toContain(`Reference: ${id}`);
    expect(text).toContain('<meta http-equiv="refresh" content="5;url=/k/abc?request=1">');
    expect(text).toContain('"base":"/k/abc","state":"away"');
  });

  it('does not say after a request that nothing happened, and does not send it again', async () => {
    const { answer, text, id } = await ask('/k/abc/open', { method: 'POST', headers: browser });
    expect(answer.status).toBe(503);
    expect(text).toContain('Look at the door before you try again.');
    expect(text).toContain(`Reference: ${id}`);
    expect(text).toContain('href="/k/abc"');
    expect(text).not.toContain('http-equiv="refresh"');
    expect(text).toContain('"base":"/k/abc","locale"');
  });

  it('answers programs and its own script in JSON', async () => {
    for (const [path, init] of [
      ['/k/abc/state', {}],
      ['/k/abc', {}],
      ['/k/abc/open', { method: 'POST', headers: { accept: 'application/json' } }],
    ] as const) {
      const { answer, text } = await ask(path, init);
      expect(answer.status).toBe(503);
      expect(JSON.parse(text)).toMatchObject({ success: false, code: 503 });
    }
  });
});
