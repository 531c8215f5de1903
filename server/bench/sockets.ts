import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Child, startChild } from './children';
import { kibibytesOf } from './memory';
import type { BenchHome } from './people';
import { type Figure, summarise } from './statistics';
import type { System } from './system';

/** Ten thousand of each kind, of a thousand people (quality, speed): each has as many as one person may. */
const sockets = 10_000;
const people = 1_000;
const mostMs = 10_000;
const mostKibibytes = 20;
/** Homes whose two members make so many people. */
export const homesForSockets = people / 2;

/** What the crowd tells when the last of its sockets is open or given up. */
interface Crowd {
  tookMs: number;
  samples: number[];
  open: number;
  firstFailure?: string;
}

async function measureKind(system: System, kind: 'raw' | 'socket.io', tokensFile: string): Promise<Figure[]> {
  const group = `${sockets} sockets of ${people} people, connected and authenticated`;
  const before = await kibibytesOf(system.pids.gateway);
  let child: Child | undefined;
  try {
    child = await startChild({
      name: 'the crowd',
      program: path.resolve('server/bench/socket-crowd.mjs'),
      args: [],
      env: { SERVER_URL: system.url, KIND: kind, COUNT: String(sockets), TOKENS_FILE: tokensFile },
      readyMs: 120_000,
    });
    const { tookMs, samples, open, firstFailure } = child.ready.crowd as Crowd;
    if (open === 0) throw new Error(`no socket was opened: ${firstFailure}`);
    const each = ((await kibibytesOf(system.pids.gateway)) - before) / open;
    const failures = sockets - open;
    return [
      {
        group,
        name: `${kind}: all of them, ${(tookMs / 1_000).toFixed(1)} s`,
        times: summarise(samples),
        perSecond: open / (tookMs / 1_000),
        failures,
        bar: `≤ ${mostMs / 1_000} s`,
        isMet: tookMs <= mostMs && failures === 0,
      },
      {
        group,
        name: `${kind}: memory of the gateway, ${each.toFixed(1)} KiB each`,
        bar: `≤ ${mostKibibytes} KiB`,
        isMet: each <= mostKibibytes,
      },
    ];
  } finally {
    await child?.stop();
  }
}

/** Opens ten thousand sockets of each kind at once, as after a restart of the gateway. */
export async function benchSockets(system: System, homes: readonly BenchHome[]): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'latchkey-bench-crowd-'));
  try {
    const tokensFile = path.join(folder, 'tokens.json');
    const tokens = homes
      .slice(0, homesForSockets)
      .flatMap(({ ownerToken, watcherToken }) => [ownerToken, watcherToken]);
    await writeFile(tokensFile, JSON.stringify(tokens), { mode: 0o600 });
    return [
      ...(await measureKind(system, 'raw', tokensFile)),
      ...(await measureKind(system, 'socket.io', tokensFile)),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
