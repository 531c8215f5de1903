import { availableParallelism } from 'node:os';

/** As many helper threads as V8 starts by itself, whatever the machine. */
const helpersUsually = 4;

/**
 * Flags of Node for a process that runs beside others of ours: its garbage is collected by no more threads than there are
 * other processors, since on a small machine the rest would take the database's.
 */
export function nodeFlags(processors = availableParallelism()): string[] {
  return [`--v8-pool-size=${Math.min(helpersUsually, Math.max(1, processors - 1))}`];
}
