import { open, readFile, rename } from 'node:fs/promises';

/** Where a device keeps its memory. */
export interface StateStore<State> {
  /** A fresh state when there is no file. Throws when a file cannot be read: without its journal a device must not act. */
  load(): Promise<State>;
  /** Resolves when the state, or a newer one, is on the disk. */
  save(state: State): Promise<void>;
}

/** Keeps nothing beyond the process. */
export const noStore = <State>(fresh: State): StateStore<State> => ({
  load: async () => fresh,
  save: async () => {},
});

/** Writes a JSON file as a whole, for its owner alone: a kill at any moment leaves the old one or the new one. */
export async function writeWhole(file: string, value: unknown): Promise<void> {
  const handle = await open(`${file}.new`, 'w', 0o600);
  try {
    await handle.writeFile(JSON.stringify(value));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
}

/** What a JSON file holds; undefined when there is none. */
export async function readWhole(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** One JSON file, replaced as a whole. `parse` throws for what is no such state. */
export function fileStore<State>(
  file: string,
  parse: (value: unknown) => State,
  fresh: State,
): StateStore<State> {
  let newest: State | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    if (newest === undefined) return;
    const state = newest;
    newest = undefined;
    try {
      await writeWhole(file, state);
    } catch (error) {
      newest ??= state;
      throw error;
    }
  }

  return {
    async load() {
      const kept = await readWhole(file);
      return kept === undefined ? fresh : parse(kept);
    },
    save(state) {
      newest = state;
      writing = writing.then(write, write);
      return writing;
    },
  };
}
