import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { ConfigError } from '../config';
import { LockedError, type LockHolder, takeLock } from '../embedded/lock-file.mjs';

/** Words for somebody whose folder another process has. `variable` names another folder. */
export const inUse = (folder: string, { pid, purpose }: LockHolder, variable: string): string =>
  `${folder} is in use by process ${pid} (${purpose}). Stop it (kill ${pid}), or start with another ${variable}.`;

/**
 * Makes a folder that one process at a time writes in, for its owner alone, and keeps it until the process ends.
 * `purpose` tells another process what this one is. Throws ConfigError with words for the person at the terminal when
 * another process has the folder or it cannot be made.
 */
export async function takeFolder(folder: string, variable: string, purpose: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await takeLock(path.join(folder, 'lock'), { purpose });
  } catch (error) {
    if (error instanceof LockedError) throw new ConfigError(inUse(folder, error.holder, variable));
    throw new ConfigError(
      `${variable}: ${folder} cannot be written (${error instanceof Error ? error.message : error}).`,
    );
  }
}
