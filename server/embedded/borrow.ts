import path from 'node:path';
import { takeLock } from './lock-file.mjs';
import { findEmbeddedPostgres, startEmbeddedPostgres } from './postgres';

/** The database of a DATA_DIR for a program beside the supervisor. */
export interface BorrowedPostgres {
  url: string;
  ownerUrl: string;
  /** True when a running system owns it: it is migrated then, and its processes want to be told of changes. */
  isOfRunningSystem: boolean;
  /** Gives it back: a server that was started for us ends. */
  release(): Promise<void>;
}

/** What the lock of DATA_DIR says while a supervisor runs; anything else is about to go. */
export const runningPurpose = 'npm start';

const patienceMs = 60_000;
const retryMs = 100;

/**
 * Joins the database of a running system, or starts it for the time being when the system is stopped. It never stops a
 * server that is not its own; while it has one, a supervisor that starts waits, and so does another borrower.
 */
export async function borrowEmbeddedPostgres(
  dataDir: string,
  log: (line: string) => void,
): Promise<BorrowedPostgres> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const running = await findEmbeddedPostgres(dataDir);
    const lock = await takeLock(path.join(dataDir, 'lock'), { purpose: 'admin' }).catch(
      (error: unknown) => error,
    );
    const isHeldByOther = lock instanceof Error;
    if (isHeldByOther && lock.name !== 'LockedError') throw lock;
    if (isHeldByOther) {
      // A system that starts or restarts its database will have it in a moment.
      const { purpose } = (lock as unknown as { holder: { purpose: string } }).holder;
      if (running !== undefined && purpose === runningPurpose) {
        return { ...running, isOfRunningSystem: true, release: async () => {} };
      }
      if (Date.now() > deadline) throw lock;
      await new Promise((resolve) => setTimeout(resolve, retryMs));
      continue;
    }
    const { release } = lock as { release: () => void };
    try {
      const server = await startEmbeddedPostgres({ dataDir, log });
      return {
        url: server.url,
        ownerUrl: server.ownerUrl,
        isOfRunningSystem: false,
        async release() {
          await server.stop();
          release();
        },
      };
    } catch (error) {
      release();
      throw error;
    }
  }
}
