import type { Deps } from '../services/deps';
import { giveUpLocks } from '../services/hubs/give-up-locks';
import { type Repeated, repeat } from './repeat';

const everyMs = 15_000;

/** Hubs that were away or busy learn of the locks that are not theirs any more. */
export class LockRemovals {
  #repeated: Repeated | undefined;

  constructor(private readonly deps: Deps) {}

  start(): void {
    this.#repeated = repeat(everyMs, () => this.look());
  }

  async stop(): Promise<void> {
    await this.#repeated?.stop();
  }

  async look(): Promise<void> {
    if (this.deps.shadow.isConnected) await giveUpLocks(this.deps);
  }
}
