import { setTimeout as pause } from 'node:timers/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../embedded/postgres';

/** The embedded database, kept running. */
export interface KeptDatabase {
  readonly url: string;
  readonly ownerUrl: string;
  readonly pid: number | undefined;
  stop(): Promise<void>;
  /** Ends it at once; it recovers at the next start. */
  kill(): void;
}

const backoffFirstMs = 50;
const backoffMostMs = 5_000;

/** Starts the database of a DATA_DIR and starts it again, on the same port, whenever its process ends. */
export async function keepDatabase(dataDir: string, say: (line: string) => void): Promise<KeptDatabase> {
  let isStopping = false;
  let server: EmbeddedPostgres | undefined = await startEmbeddedPostgres({ dataDir, log: say });
  const { url, ownerUrl, port } = server;
  const wake = new AbortController();

  async function startAgain(): Promise<EmbeddedPostgres | undefined> {
    for (let backoffMs = backoffFirstMs; !isStopping; backoffMs = Math.min(backoffMostMs, backoffMs * 2)) {
      try {
        // The others know this port.
        return await startEmbeddedPostgres({ dataDir, port, log: say });
      } catch (error) {
        say(`PostgreSQL does not start again yet: ${error instanceof Error ? error.message : error}`);
        await pause(backoffMs, undefined, { signal: wake.signal }).catch(() => {});
      }
    }
    return undefined;
  }

  async function keep(): Promise<void> {
    while (server !== undefined) {
      await server.exited;
      server = undefined;
      if (isStopping) return;
      say('PostgreSQL ended; starting it again');
      const next = await startAgain();
      if (next !== undefined && !isStopping) say('PostgreSQL is back');
      server = next;
      if (isStopping) await server?.stop();
    }
  }
  const done = keep();

  return {
    url,
    ownerUrl,
    get pid() {
      return server?.pid;
    },
    async stop() {
      isStopping = true;
      wake.abort();
      await server?.stop();
      await done;
    },
    kill() {
      isStopping = true;
      if (server === undefined) return;
      try {
        process.kill(server.pid, 'SIGQUIT');
      } catch {}
    },
  };
}
