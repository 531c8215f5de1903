import type { Deps } from '../services/deps';
import { closeExpiredConnections } from '../services/devices/close-connection';
import { forgetCommands } from '../services/devices/forget-commands';
import { forgetHistory } from '../services/locks/forget-history';
import { forgetPushes } from '../services/notifications/forget-pushes';
import { forgetRefusals } from '../services/refusals/forget-refusals';
import { forgetStaffSessions } from '../services/staff/forget-sessions';
import { forgetDeliveries } from '../services/webhooks/forget-deliveries';
import { type Repeated, repeat } from './repeat';

const everyMs = 5_000;
const forgetEveryMs = 3_600_000;

/** Ends the command channels that a dead node has left open, and forgets what was kept long enough. */
export class Sweep {
  #repeated: Repeated | undefined;
  #forgotAt = Number.NEGATIVE_INFINITY;

  /** `historyMonths`: how long what happened at locks is kept. */
  constructor(
    private readonly deps: Deps,
    private readonly historyMonths: number,
  ) {}

  start(): void {
    this.#repeated = repeat(everyMs, () => this.#turn());
  }

  async stop(): Promise<void> {
    await this.#repeated?.stop();
  }

  async #turn(): Promise<void> {
    try {
      await closeExpiredConnections(this.deps);
      if (performance.now() - this.#forgotAt < forgetEveryMs) return;
      await this.#forget();
      this.#forgotAt = performance.now();
    } catch (error) {
      this.deps.log.warn({ err: error }, 'sweep will try again');
    }
  }

  async #forget(): Promise<void> {
    const { deps, historyMonths } = this;
    const kinds = [
      () => forgetDeliveries(deps),
      () => forgetCommands(deps),
      () => forgetPushes(deps),
      () => forgetStaffSessions(deps),
      () => forgetHistory(deps, historyMonths),
      () => forgetRefusals(deps, historyMonths),
    ];
    for (const forgetSome of kinds) while ((await forgetSome()) > 0);
  }
}
