import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { ConfigError } from '@/server/config';
import { LockedError, takeLock } from '@/server/embedded/lock-file.mjs';

/**
 * Makes a folder that one process at a time writes in, for its owner alone, and keeps it until the process ends.
 * Throws ConfigError with words for the person at the terminal when another process has it or it cannot be made.
 */
export async function takeFolder(folder: string, variable: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await takeLock(path.join(folder, 'lock'), { purpose: variable });
  } catch (error) {
    if (error instanceof LockedError)
      throw new ConfigError(
        `${folder} is in use by process ${error.holder.pid}. Stop it (kill ${error.holder.pid}), or start with another ${variable}.`,
      );
    throw new ConfigError(
      `${variable}: ${folder} cannot be written (${error instanceof Error ? error.message : error}).`,
    );
  }
}
