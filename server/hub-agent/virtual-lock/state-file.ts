import { open, readFile, rename } from 'node:fs/promises';
import { z } from 'zod';
import { type Bolt, doorStates, newBolt } from './bolt';

const schema = z.object({
  lockState: z.enum(['LOCKED', 'UNLOCKED', 'JAMMED', 'NOT_FULLY_LOCKED']),
  doorState: z.enum(doorStates),
  batteryPercent: z.number(),
  isObstructed: z.boolean(),
  lastOperation: z
    .object({
      type: z.enum(['lock', 'unlock']),
      source: z.enum(['remote', 'manual', 'auto']),
      at: z.number(),
    })
    .exactOptional(),
  journal: z.array(
    z.object({
      id: z.string(),
      state: z.enum(['accepted', 'succeeded', 'failed', 'expired']),
      error: z.string().exactOptional(),
      invokeMs: z.number().exactOptional(),
      expiresAt: z.number(),
    }),
  ),
  spokenOf: z.string().exactOptional(),
  actuations: z.number().int(),
});

/** Where a lock keeps its memory. */
export interface BoltStore {
  /** A new bolt when there is no file. Throws when a file cannot be read: without its journal a lock must not act. */
  load(): Promise<Bolt>;
  /** Resolves when the state, or a newer one, is on the disk. */
  save(bolt: Bolt): Promise<void>;
}

/** Keeps nothing beyond the process. */
export const noStore: BoltStore = { load: async () => newBolt, save: async () => {} };

/** One JSON file, replaced as a whole: a kill at any moment leaves the old state or the new one. */
export function fileStore(file: string): BoltStore {
  let newest: Bolt | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    if (newest === undefined) return;
    const bolt = newest;
    newest = undefined;
    try {
      const handle = await open(`${file}.new`, 'w', 0o600);
      try {
        await handle.writeFile(JSON.stringify(bolt));
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(`${file}.new`, file);
    } catch (error) {
      newest ??= bolt;
      throw error;
    }
  }

  return {
    async load() {
      let text: string;
      try {
        text = await readFile(file, 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return newBolt;
        throw error;
      }
      return schema.parse(JSON.parse(text));
    },
    save(bolt) {
      newest = bolt;
      writing = writing.then(write, write);
      return writing;
    },
  };
}
