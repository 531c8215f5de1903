import type { Deps } from '../services/deps';
import { commandsToWithdraw, type EndedCommand } from '../services/openings/commands-to-withdraw';
import { expireDue } from '../services/openings/expire-due';

const everyMs = 250;

/** The timer of openings, kept in PostgreSQL: ends what is due and withdraws the commands of all that has ended. */
export class Expiry {
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  constructor(
    private readonly deps: Deps,
    private readonly withdraw: (command: EndedCommand) => Promise<void>,
  ) {}

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
      await expireDue(this.deps);
      for (const command of await commandsToWithdraw(this.deps)) {
        // One shadow that refuses must not keep the commands of all others standing.
        await this.withdraw(command).catch((error: unknown) =>
          this.deps.log.warn({ err: error, lock: command.lockUuid }, 'withdrawal will be tried again'),
        );
      }
    } catch (error) {
      this.deps.log.warn({ err: error }, 'expiry will try again');
    }
  }
}
