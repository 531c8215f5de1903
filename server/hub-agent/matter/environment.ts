import { mkdir } from 'node:fs/promises';
import { Environment, LogDestination, Logger, LogLevel } from '@matter/main';
import type { Logger as Log } from '@/server/config/log';

/** Folder of this process's nodes; matter.js knows one for all of them. */
let usedFolder: string | undefined;

/**
 * Readies matter.js for this process: its storage in a folder for its owner alone, since it holds keys in the clear, and
 * nothing below warnings in the log, since finer lines print PINs (matter-hub 6). Throws for a second folder.
 */
export async function matterEnvironment({ folder, log }: { folder: string; log: Log }): Promise<Environment> {
  if (usedFolder !== undefined && usedFolder !== folder)
    throw new Error(`matter.js stores in ${usedFolder} already`);
  usedFolder = folder;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const environment = Environment.default;
  environment.vars.set('storage.path', folder);
  // Signals and exit codes are the target's affair.
  environment.vars.set('runtime.signals', false);
  environment.vars.set('runtime.exitcode', false);
  Logger.destinations = {
    default: LogDestination({
      level: LogLevel.WARN,
      add: ({ level, facility, values }) => {
        const text = values.map(wordOf).join(' ');
        if (level >= LogLevel.ERROR) log.warn({ facility }, text);
        else log.debug({ facility }, text);
      },
    }),
  };
  return environment;
}

/** One value of a log line: texts as they are, errors by their message, and nothing of what objects hold. */
function wordOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return value instanceof Error ? value.message : '…';
}
