import type { BenchHome } from './people';
import { type Summary, summarise } from './statistics';

/** What one server did under load. */
export interface RequestRate {
  perSecond: number;
  times: Summary;
  /** Answers other than 2xx, connection errors and time-outs. */
  failures: number;
}

export type RequestKind = 'create home' | 'get home';

export interface RequestTrial {
  url: string;
  kind: RequestKind;
  /** Callers, spread over the connections: enough of them that none meets its limit. */
  homes: readonly BenchHome[];
  seconds: number;
}

/** Keep-alive connections of every trial (quality, speed). */
export const connections = 32;
/** At 1,500 requests a minute each, more than any machine asks of them in the longest trial. */
export const callersNeeded = connections * 16;

/** Sends one kind of request as fast as the server answers it. */
export async function measureRequests({ url, kind, homes, seconds }: RequestTrial): Promise<RequestRate> {
  // Loaded here: a product installed without development packages starts all the same.
  const { default: autocannon } = await import('autocannon');
  const samples: number[] = [];
  let next = 0;
  const run = autocannon({
    url,
    connections,
    duration: seconds,
    setupClient(client) {
      const place = next;
      next += 1;
      const mine = homes.filter((_home, index) => index % connections === place % connections);
      client.setRequests(
        mine.map(({ homeId, ownerToken }) => {
          const headers = { authorization: `ModeCloud ${ownerToken}` };
          if (kind === 'get home') return { method: 'GET', path: `/homes/${homeId}`, headers };
          return {
            method: 'POST',
            path: '/homes',
            headers: { ...headers, 'content-type': 'application/json' },
            body: JSON.stringify({ name: 'Summer house' }),
          };
        }),
      );
    },
  });
  run.on('response', (_client, _statusCode, _bytes, milliseconds) => samples.push(milliseconds));
  const result = await run;
  return {
    perSecond: result['2xx'] / result.duration,
    times: summarise(samples),
    failures: result.non2xx + result.errors + result.timeouts,
  };
}

/** The trial in the middle, with the failures of all. */
export const middle = (rates: readonly RequestRate[]): RequestRate => {
  const sorted = [...rates].sort((one, other) => one.perSecond - other.perSecond);
  const found = sorted[Math.floor(sorted.length / 2)];
  if (found === undefined) throw new Error('nothing was measured');
  return { ...found, failures: rates.reduce((sum, { failures }) => sum + failures, 0) };
};
