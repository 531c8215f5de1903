import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

/** What can be done to a device, with the JSON body it takes; a body of another shape throws a ZodError. */
export type ControlActions = Readonly<Record<string, (body: unknown) => void | Promise<void>>>;

/** A device that can be controlled. */
export interface Controlled {
  /** Its name in the path. */
  readonly id: string;
  readonly name: string;
  readonly actions: ControlActions;
  snapshot(): object;
}

export interface ControlServerSettings {
  /** Read at every request, so that locks may come and go. */
  locks: () => readonly Controlled[];
  /** Callers present it as `Authorization: Bearer …`. */
  secret: string;
  /** Loopback port; 0 for any free one. */
  port?: number;
}

export interface ControlServer {
  url: string;
  stop(): Promise<void>;
}

const mostBodyBytes = 4096;

interface Reply {
  status: number;
  body: unknown;
}

const refusal = (status: number, error: string): Reply => ({ status, body: { error } });

async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk as string;
    if (text.length > mostBodyBytes) throw new SyntaxError('body too large');
  }
  return text === '' ? {} : JSON.parse(text);
}

/**
 * HTTP control of virtual locks for tests and the demo, on loopback only. `GET /` answers `{locks}`,
 * `POST /{id}/{action}` answers the lock's snapshot. Everything else is 400, 401, 404 or 405 with `{error}`.
 */
export async function startControlServer(settings: ControlServerSettings): Promise<ControlServer> {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const wanted = digest(`Bearer ${settings.secret}`);

  async function answer(request: IncomingMessage): Promise<Reply> {
    if (!timingSafeEqual(digest(request.headers.authorization ?? ''), wanted)) {
      return refusal(401, 'wrong or missing secret');
    }
    const [id = '', name = '', ...rest] = (request.url ?? '/').slice(1).split('/');
    if (id === '') {
      if (request.method !== 'GET') return refusal(405, 'read only');
      const locks = settings.locks().map((one) => ({ ...one.snapshot(), name: one.name }));
      return { status: 200, body: { locks } };
    }
    const lock = settings.locks().find((one) => one.id === id);
    const action = lock !== undefined && Object.hasOwn(lock.actions, name) ? lock.actions[name] : undefined;
    if (lock === undefined || action === undefined || rest.length > 0)
      return refusal(404, 'no such lock or action');
    if (request.method !== 'POST') return refusal(405, 'POST it');
    try {
      await action(await readBody(request));
    } catch (error) {
      if (error instanceof z.ZodError || error instanceof SyntaxError) return refusal(400, error.message);
      throw error;
    }
    return { status: 200, body: lock.snapshot() };
  }

  const server = createServer((request, response) => {
    answer(request)
      .catch(() => refusal(500, 'internal failure'))
      .then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
        response.end(JSON.stringify(body));
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
