import { randomUUID } from 'node:crypto';
import { OpenAPIHono } from '@hono/zod-openapi';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { openings } from '@/drizzle/schema';
import type { ShadowAnswer } from '@/server/mqtt/shadow-client';
import { send } from '@/server/testing/api-client';
import { ground } from '@/server/testing/ground';
import type { ApiEnv, ApiSettings } from '../request';
import { mountGuestPage } from './routes';

const factory = ground();
const { db } = factory.deps;

describe('what a guest is told of an opening', () => {
  let path: string;
  let lock: Awaited<ReturnType<typeof factory.lock>>;
  beforeEach(async () => {
    const kim = await factory.person((await factory.project()).id);
    lock = await factory.lock((await factory.home(kim)).id, 'Sea door');
    path = await make(kim.token);
  });
  const make = async (token: string, body: object = {}) => {
    const made = await send(inject('url'), 'POST', '/temp-keys', {
      token,
      body: {
        validFrom: '2026-01-01T00:00:00Z',
        validUntil: '2100-01-01T00:00:00Z',
        doors: [{ lockId: lock.id }],
        ...body,
      },
    });
    return new URL(made.body.url as string).pathname;
  };
  /** The page over a shadow service that answers like this. */
  const withShadow = (answer: ShadowAnswer) => {
    const app = new OpenAPIHono<ApiEnv>();
    const shadow = { ...factory.deps.shadow, isConnected: true, update: async () => answer };
    mountGuestPage(app, { deps: { ...factory.deps, shadow }, trustProxy: false } as ApiSettings);
    return async (at: string, fields?: Record<string, string>) => {
      const init = fields && { method: 'POST', body: new URLSearchParams(fields) };
      const answer = await app.request(at, { ...init, headers: { accept: 'text/html' } });
      const text = await answer.text();
      const shown = text.replace(/<script\b[\s\S]*?<\/script>/g, '');
      return {
        status: answer.status,
        text: shown,
        body: text.startsWith('{') ? JSON.parse(text) : undefined,
      };
    };
  };

  it('is that nobody knows, while the shadow service was silent', async () => {
    const ask = withShadow({ kind: 'silent' });
    const requestId = randomUUID();
    const { status, text } = await ask(`${path}/open`, { requestId });
    expect(status).toBe(502);
    expect(text).toContain('It is not certain whether the request arrived.');
    expect(text).not.toContain('Nothing has moved');
    expect(text).toContain(`http-equiv="refresh" content="2;url=${path}?request=${requestId}"`);
    expect((await ask(`${path}/openings/${requestId}`)).body).toMatchObject({
      say: 'unresolved',
      isOver: false,
    });
  });

  it('is that nothing moved, where the command never left', async () => {
    const { status, text } = await withShadow({ kind: 'unsent' })(`${path}/open`, {});
    expect(status).toBe(502);
    expect(text).toContain('The lock could not be told. Nothing has moved.');
    expect(text).not.toContain('http-equiv="refresh"');
  });

  it('is "not confirmed" where the lock had the command and nobody saw its bolt, and "did not open" where it said so', async () => {
    const ask = withShadow({ kind: 'accepted', version: 1 } as ShadowAnswer);
    const requestId = randomUUID();
    expect((await ask(`${path}/open`, { requestId })).status).toBe(303);
    const end = (error: string) =>
      db
        .update(openings)
        .set({ status: 'failed', error, outcomeAt: new Date() })
        .where(eq(openings.requestId, requestId));
    for (const error of ['NOT_CONFIRMED', 'LOCK_RESTARTED']) {
      await end(error);
      const { text } = await ask(`${path}?request=${requestId}`);
      expect(text).toContain('Not confirmed. The lock did not report an open bolt.');
      expect(text).toContain('asked, not confirmed');
      expect(text).not.toMatch(/could not open|did not open/);
      expect((await ask(`${path}/openings/${requestId}`)).body).toMatchObject({
        say: 'unconfirmed',
        tone: 'notice',
        isOver: true,
      });
    }
    const expire = (acceptedAt: Date | null) =>
      db
        .update(openings)
        .set({ status: 'expired', error: null, acceptedAt, outcomeAt: new Date() })
        .where(eq(openings.requestId, requestId));
    const said = async () => (await ask(`${path}/openings/${requestId}`)).body.say;
    await expire(new Date());
    expect(await said()).toBe('unconfirmed');
    await expire(null);
    expect(await said()).toBe('expired');
    await end('JAMMED');
    const { text } = await ask(`${path}?request=${requestId}`);
    expect(text).toContain('The lock could not open.');
    expect(text).toContain('did not open');
  });
});
