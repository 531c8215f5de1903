import { setMaxListeners } from 'node:events';
import type { Deps } from '../services/deps';
import { finishDelivery } from '../services/webhooks/finish-delivery';
import { type LeasedDelivery, leaseDeliveries } from '../services/webhooks/lease-deliveries';
import { postWebhook, type WebhookOutcome } from './post-webhook';

const everyMs = 200;

/** Delivers queued webhooks (mode-api 8, lock-api 7.1): each module and each organisation's webhook on its own lane, retries with back-off, every try on record. */
export class Webhooks {
  #timer: NodeJS.Timeout | undefined;
  #turning: Promise<void> | undefined;
  readonly #underWay = new Set<Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(private readonly deps: Deps) {
    // One listener a delivery under way, which is as many as there are lanes.
    setMaxListeners(0, this.#stopping.signal);
  }

  start(): void {
    this.#timer = setInterval(() => this.#look(), everyMs);
  }

  /** Breaks off what is under way, which is then tried again by whoever comes next; the rest stays queued. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort();
    await this.#turning;
    await Promise.allSettled([...this.#underWay]);
  }

  #look(): void {
    if (this.#stopping.signal.aborted) return;
    this.#turning ??= this.#turn().finally(() => {
      this.#turning = undefined;
    });
  }

  async #turn(): Promise<void> {
    try {
      for (const delivery of await leaseDeliveries(this.deps)) {
        const work = this.#deliver(delivery).finally(() => {
          this.#underWay.delete(work);
          // A free place in a lane is filled at once: a good receiver is as fast as it answers.
          this.#look();
        });
        this.#underWay.add(work);
      }
    } catch (error) {
      this.deps.log.warn({ err: error }, 'webhooks will be tried again');
    }
  }

  async #post(delivery: LeasedDelivery): Promise<WebhookOutcome> {
    const { url, body, allowPrivate, kind, sealedKey, headerName, sealedHeader } = delivery;
    const open = (sealed: Buffer | null) =>
      sealed === null ? '' : this.deps.secrets.open(sealed).toString();
    let secret: { key: string } | { header?: { name: string; value: string } };
    try {
      if (kind !== 'organisation') secret = { key: open(sealedKey) };
      else secret = headerName === null ? {} : { header: { name: headerName, value: open(sealedHeader) } };
    } catch {
      return {
        error: 'the secret of the webhook cannot be opened with the SECRETS_KEY of this installation',
      };
    }
    return postWebhook({ url, body, allowPrivate, ...secret }, { stopping: this.#stopping.signal });
  }

  async #deliver(delivery: LeasedDelivery): Promise<void> {
    try {
      await finishDelivery(this.deps, delivery, await this.#post(delivery));
    } catch (error) {
      this.deps.log.warn({ err: error, delivery: delivery.id }, 'webhook delivery could not be recorded');
    }
  }
}
