import { anyRows } from '../db/any-rows';
import {
  commissioningsToWithdraw,
  endedCommissionings,
} from '../services/commissionings/commissionings-to-withdraw';
import { dueCommissionings, expireCommissionings } from '../services/commissionings/expire-commissionings';
import type { Deps } from '../services/deps';
import { hubCommandsToWithdraw } from '../services/hubs/hub-commands-to-withdraw';
import { endPastPins } from '../services/lock-pins/end-past-pins';
import { duePins, endedPins, expirePins, pinsToWithdraw } from '../services/lock-pins/expire-pins';
import {
  commandsToWithdraw,
  type EndedCommand,
  endedOpenings,
} from '../services/openings/commands-to-withdraw';
import { dueOpenings, expireDue } from '../services/openings/expire-due';
import { type Repeated, repeat } from './repeat';

const everyMs = 250;

/** Commands of hubs that nobody keeps a row of are looked for in their shadows, which is not done often. */
const sweepEveryMs = 15_000;

/** Whether anything is due or stands ended in a shadow: most turns find nothing, and ask no more than this. */
const isAnythingOver = anyRows('anything_over', (db, now) => [
  dueOpenings(db, now),
  dueCommissionings(db, now),
  duePins(db, now),
  endedOpenings(db),
  endedCommissionings(db),
  endedPins(db),
]);

/**
 * The timer of openings, commissionings and PIN codes, kept in PostgreSQL: ends what is due and withdraws the commands of
 * all that has ended.
 */
export class Expiry {
  #repeated: Repeated | undefined;
  #sweptAt = 0;

  constructor(
    private readonly deps: Deps,
    private readonly withdraw: (command: EndedCommand) => Promise<void>,
  ) {}

  start(): void {
    this.#repeated = repeat(everyMs, () => this.#turn());
  }

  async stop(): Promise<void> {
    await this.#repeated?.stop();
  }

  async #ended(): Promise<EndedCommand[]> {
    const ended = [
      ...(await commandsToWithdraw(this.deps)),
      ...(await commissioningsToWithdraw(this.deps)),
      ...(await pinsToWithdraw(this.deps)),
    ];
    const now = this.deps.clock.now().getTime();
    if (now - this.#sweptAt < sweepEveryMs) return ended;
    this.#sweptAt = now;
    await endPastPins(this.deps);
    return [...ended, ...(await hubCommandsToWithdraw(this.deps))];
  }

  async #turn(): Promise<void> {
    try {
      const now = this.deps.clock.now();
      const isSweepDue = now.getTime() - this.#sweptAt >= sweepEveryMs;
      if (!isSweepDue && !(await isAnythingOver(this.deps.db, now))) return;
      await expireDue(this.deps);
      await expireCommissionings(this.deps);
      await expirePins(this.deps);
      for (const command of await this.#ended()) {
        // One shadow that refuses must not keep the commands of all others standing.
        await this.withdraw(command).catch((error: unknown) =>
          this.deps.log.warn({ err: error, thing: command.thing }, 'withdrawal will be tried again'),
        );
      }
    } catch (error) {
      this.deps.log.warn({ err: error }, 'expiry will try again');
    }
  }
}
