import { anyRows } from '../db/any-rows';
import type { Deps } from '../services/deps';
import { pendingChanges } from '../services/lock-keys/place-change';
import { dueKeys, runQueue } from '../services/lock-keys/run-queue';
import { doneKeys, withdrawDone } from '../services/lock-keys/withdraw-done';
import { locksInTurn, sendDuePins } from '../services/lock-pins/send-next';
import { type Repeated, repeat } from './repeat';

const everyMs = 500;

/** Whether there is anything to do: most turns find nothing, and ask no more than this. */
const isAnythingDue = anyRows('any_key_command', (db, now) => [
  dueKeys(db, now),
  locksInTurn(db, now),
  pendingChanges(db),
  doneKeys(db, now),
]);

/** The timer of key changes, kept in PostgreSQL: adds the keys of bulks, sends PIN codes whose turn it is, and clears what is done out of the shadows. */
export class KeyCommands {
  #repeated: Repeated | undefined;

  constructor(private readonly deps: Deps) {}

  start(): void {
    this.#repeated = repeat(everyMs, () => this.#turn());
  }

  async stop(): Promise<void> {
    await this.#repeated?.stop();
  }

  async #turn(): Promise<void> {
    try {
      if (!(await isAnythingDue(this.deps.db, this.deps.clock.now()))) return;
      await runQueue(this.deps);
      if (this.deps.shadow.isConnected) await sendDuePins(this.deps);
      if (this.deps.shadow.isConnected) await withdrawDone(this.deps);
    } catch (error) {
      this.deps.log.warn({ err: error }, 'key changes will be tried again');
    }
  }
}
