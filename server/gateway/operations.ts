import type { IncomingMessage, ServerResponse } from 'node:http';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Check {
  name: string;
  run(): Promise<boolean>;
}

/** Measurements of one process, for `/metrics`. */
export class Metrics {
  readonly registry = new Registry();
  readonly #requests = new Histogram({
    name: 'latchkey_request_seconds',
    help: 'Time to answer an API operation',
    labelNames: ['operation', 'status'],
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5],
    registers: [this.registry],
  });

  readonly #ofName = new Map<string, Histogram.Internal<'operation' | 'status'>>();

  constructor(target: string, sockets: () => number) {
    this.registry.setDefaultLabels({ target });
    collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: 'latchkey_live_sockets',
      help: 'Open connections of socket.io and of the WebSocket endpoints',
      registers: [this.registry],
      collect() {
        this.set(sockets());
      },
    });
  }

  observe(operation: string, status: number, milliseconds: number): void {
    const name = `${operation} ${status}`;
    let one = this.#ofName.get(name);
    if (one === undefined) {
      one = this.#requests.labels({ operation, status: String(status) });
      this.#ofName.set(name, one);
    }
    one.observe(milliseconds / 1000);
  }
}

const checkMostMs = 2_000;

async function judge(check: Check): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), checkMostMs);
  });
  return Promise.race([check.run().catch(() => false), late]).finally(() => clearTimeout(timer));
}

const isLoopback = (address: string | undefined): boolean =>
  address !== undefined && /^(::ffff:)?127\.|^::1$/.test(address);

/**
 * `/healthz`: the process lives. `/readyz`: everything it needs answers. `/metrics`: for a scraper on this machine only,
 * since figures tell of people. False: not one of these paths.
 */
export function operate(
  request: IncomingMessage,
  response: ServerResponse,
  settings: { checks: readonly Check[]; metrics: Metrics; isStopping: () => boolean },
): boolean {
  const path = request.url?.split('?', 1)[0];
  const send = (status: number, body: object) => {
    response.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    });
    response.end(JSON.stringify(body));
  };
  switch (path) {
    case '/healthz':
      send(200, { status: 'ok' });
      return true;
    case '/readyz':
      void Promise.all(settings.checks.map(async (check) => [check.name, await judge(check)] as const)).then(
        (results) => {
          const isReady = !settings.isStopping() && results.every(([, isGood]) => isGood);
          send(isReady ? 200 : 503, {
            status: isReady ? 'ready' : 'not ready',
            checks: Object.fromEntries(results),
          });
        },
      );
      return true;
    case '/metrics':
      if (!isLoopback(request.socket.remoteAddress)) {
        send(404, { status: 'not found' });
        return true;
      }
      void settings.metrics.registry.metrics().then((text) => {
        response.writeHead(200, { 'content-type': settings.metrics.registry.contentType }).end(text);
      });
      return true;
    default:
      return false;
  }
}
