import type { Deps } from '../services/deps';
import { runQueue } from '../services/lock-keys/run-queue';
import { withdrawDone } from '../services/lock-keys/withdraw-done';

const everyMs = 500;

/** The timer of key changes, kept in PostgreSQL: adds the keys of bulks, and clears what is done out of the shadows. */
export class KeyCommands {
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  constructor(private readonly deps: Deps) {}

  start(): void {
    this.#timer = setInterval(() => {
      this.#running ??= this.#turn().finally(() => {
        this.#running = undefined;
      });
    }, everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #turn(): Promise<void> {
    try {
      await runQueue(this.deps);
      if (this.deps.shadow.isConnected) await withdrawDone(this.deps);
    } catch (error) {
      this.deps.log.warn({ err: error }, 'key changes will be tried again');
    }
  }
}
