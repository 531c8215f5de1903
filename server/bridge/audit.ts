import { sealAudit } from '../services/audit/seal';
import { takeInOpenings, takeInRecords, thoroughlyMs } from '../services/audit/take-in';
import { warnUnguarded } from '../services/audit/warn-unguarded';
import { writeHeads } from '../services/audit/write-heads';
import type { Deps } from '../services/deps';
import { type Repeated, repeat } from './repeat';

const everyMs = 2_000;
const minuteMs = 60_000;
const hourMs = 3_600_000;
/** Looking for openings walks over all locks: it may take this share of the time and no more. */
const lookShare = 0.02;

/**
 * Fills and seals the audit trail beside all other work: takes in what others record, seals what is settled, and writes
 * signed heads out every hour.
 */
export class Audit {
  #repeated: Repeated | undefined;
  #lookAt = 0;
  #thoroughAt = 0;
  #headsAt = 0;

  constructor(
    private readonly deps: Deps,
    private readonly dataDir: string,
  ) {}

  start(): void {
    warnUnguarded(this.deps).catch((error: unknown) =>
      this.deps.log.warn({ err: error }, 'the rights at the audit trail are not known'),
    );
    this.#repeated = repeat(everyMs, () => this.#turn());
  }

  async stop(): Promise<void> {
    await this.#repeated?.stop();
  }

  async #takeIn(): Promise<void> {
    const startedAt = performance.now();
    if (startedAt >= this.#thoroughAt) {
      await takeInRecords(this.deps, thoroughlyMs);
      await takeInOpenings(this.deps, thoroughlyMs);
      this.#thoroughAt = startedAt + hourMs;
      return;
    }
    await takeInRecords(this.deps);
    const lookedAt = performance.now();
    if (lookedAt < this.#lookAt) return;
    await takeInOpenings(this.deps);
    const endedAt = performance.now();
    this.#lookAt = endedAt + (endedAt - lookedAt) / lookShare - everyMs;
  }

  async #turn(): Promise<void> {
    try {
      await this.#takeIn();
    } catch (error) {
      this.deps.log.warn({ err: error }, 'the audit will take in records again');
    }
    try {
      while ((await sealAudit(this.deps)).hasMore);
      if (performance.now() < this.#headsAt) return;
      const { length } = await writeHeads(this.deps, this.dataDir);
      this.#headsAt = performance.now() + (length > 0 ? hourMs : minuteMs);
    } catch (error) {
      this.deps.log.warn({ err: error }, 'the audit will seal again');
    }
  }
}
