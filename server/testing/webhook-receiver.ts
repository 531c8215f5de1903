import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedWebhook {
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** A real HTTP server on every address of this machine that keeps what it is posted; `answer` decides what it says, and whether. */
export async function startReceiver(
  answer: (response: ServerResponse, got: ReceivedWebhook, count: number) => void = (response) =>
    response.writeHead(200).end(),
) {
  const received: ReceivedWebhook[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const got = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) };
      received.push(got);
      answer(response, got, received.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    received,
    port,
    url: `http://127.0.0.1:${port}/evt`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/**
 * What the published sample receiver answers (mode-api 8): it takes posts to `/evt`, whose signature is right for its
 * configured address and which name an event type; everything else is 403.
 */
export function sampleReceiverAnswer(
  configured: { url: string; key: string },
  got: ReceivedWebhook,
): 200 | 403 {
  const expected = createHmac('sha256', configured.key).update(configured.url).update(got.body).digest();
  const signature = Buffer.from(String(got.headers['x-mode-signature']), 'hex');
  if (got.path !== '/evt' || signature.length !== expected.length) return 403;
  if (!timingSafeEqual(signature, expected)) return 403;
  try {
    const event = JSON.parse(got.body.toString()) as { eventType?: unknown };
    return typeof event.eventType === 'string' && event.eventType !== '' ? 200 : 403;
  } catch {
    return 403;
  }
}
