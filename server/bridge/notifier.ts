import type { Deps } from '../services/deps';
import { followAbsences, followHomes } from '../services/notifications/follow-homes';
import {
  endDeadSubscriptions,
  finishPush,
  type LeasedPush,
  leasePushes,
  type PushOutcome,
} from '../services/notifications/lease-pushes';
import { vapidKeys } from '../services/notifications/vapid-keys';
import { type PushSettings, postPush } from './post-push';
import { type Repeated, repeat } from './repeat';

const followEveryMs = 1_000;
const absencesEveryMs = 10_000;
const pushEveryMs = 500;
const atOnce = 10;

/** Where push services may write to when the operator has set no public address. */
const subjectOf = (origin: string): string =>
  origin.startsWith('https://') ? origin : 'mailto:operator@localhost.localdomain';

/** Tells people what happens at their doors: reads the logs of homes, and carries pushes to browsers. */
export class Notifier {
  #rounds: Repeated[] = [];
  #isStopping = false;
  readonly #settings: PushSettings;

  /** `isAllowed` judges the addresses of push services; public ones alone when absent. */
  constructor(
    private readonly deps: Deps,
    isAllowed?: (address: string) => boolean,
  ) {
    this.#settings = {
      keys: vapidKeys(deps.secrets),
      subject: subjectOf(deps.messaging.origin),
      now: () => deps.clock.now(),
      ...(isAllowed === undefined ? {} : { isAllowed }),
    };
  }

  start(): void {
    const round = (everyMs: number, work: () => Promise<unknown>) =>
      this.#rounds.push(repeat(everyMs, () => this.#try(work)));
    round(followEveryMs, async () => {
      // Homes of a busy fleet are not told late.
      while ((await followHomes(this.deps)) && !this.#isStopping);
    });
    round(absencesEveryMs, async () => {
      await followAbsences(this.deps);
      await endDeadSubscriptions(this.deps);
    });
    round(pushEveryMs, () => this.carry());
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#rounds.map((round) => round.stop()));
  }

  /** Carries what is due now. Returns how many were tried. */
  async carry(): Promise<number> {
    const due = await leasePushes(this.deps, atOnce);
    await Promise.all(due.map(async (push) => finishPush(this.deps, push, await this.#post(push))));
    return due.length;
  }

  async #post(push: LeasedPush): Promise<PushOutcome> {
    let auth: Buffer;
    try {
      auth = this.deps.secrets.open(push.sealedAuth);
    } catch {
      return { error: 'cannot be read', isFinal: true };
    }
    return postPush(push, auth, this.#settings);
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.deps.log.warn({ err: error }, 'notifications will be tried again');
    }
  }
}
