import { carryDue } from '../notify/carry-due';
import type { Transports } from '../notify/open-transports';
import type { Deps } from '../services/deps';
import { type Repeated, repeat } from './repeat';

const everyMs = 500;
/** A message that is still on its way then is left to its lease. */
const drainMostMs = 3_000;

/** Sends the messages of one channel in turns that never overlap. */
class Round {
  #repeated: Repeated | undefined;
  #isStopping = false;

  constructor(
    private readonly deps: Deps,
    private readonly transports: Transports,
  ) {}

  start(): void {
    this.#repeated = repeat(everyMs, () => this.#turn());
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#repeated?.stop();
  }

  async #turn(): Promise<void> {
    try {
      let tried = 1;
      while (tried > 0 && !this.#isStopping) tried = await carryDue(this.deps, this.transports);
    } catch (error) {
      this.deps.log.warn({ err: error }, 'messages will be tried again');
    }
  }
}

/**
 * Carries the mails and SMS texts that services have written, so that no request ever waits for a mail server. Each
 * channel has its own round: a mail server that hangs holds no SMS code back.
 */
export class Messenger {
  readonly #rounds: Round[];

  constructor(
    deps: Deps,
    private readonly transports: Transports,
  ) {
    const { mail, sms } = transports;
    this.#rounds = [
      ...(mail === undefined ? [] : [new Round(deps, { mail })]),
      ...(sms === undefined ? [] : [new Round(deps, { sms })]),
    ];
  }

  start(): void {
    for (const round of this.#rounds) round.start();
  }

  async stop(): Promise<void> {
    const drained = Promise.all(this.#rounds.map((round) => round.stop()));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, drainMostMs);
    });
    await Promise.race([drained, late]);
    clearTimeout(timer);
    this.transports.mail?.close();
    this.transports.sms?.close();
  }
}
