import type { Deps } from '../services/deps';
import { closeExpiredConnections } from '../services/devices/close-connection';

const everyMs = 5_000;

/** Ends the command channels that a dead node has left open, so that their devices count as disconnected. */
export class LeaseSweep {
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
      await closeExpiredConnections(this.deps);
    } catch (error) {
      this.deps.log.warn({ err: error }, 'lease sweep will try again');
    }
  }
}
