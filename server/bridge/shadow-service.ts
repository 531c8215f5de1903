import { defaultLimits, parseQuery, parseUpdate, type ShadowRejection } from '../domain/shadow/request';
import { parseShadowTopic, type ShadowAddress, shadowPrefix, shadowRequestFilters } from '../domain/topics';
import type { MqttConnection, MqttMessage } from '../mqtt/client';
import { publishPatiently } from '../mqtt/publish-patiently';
import { type Deps, defaultShadowRules } from '../services/deps';
import type { EndedCommand } from '../services/openings/commands-to-withdraw';
import { deleteShadow } from '../services/shadows/delete-shadow';
import { getShadow } from '../services/shadows/get-shadow';
import { type ShadowUpdate, updateShadow } from '../services/shadows/update-shadow';
import { withdrawCommand } from '../services/shadows/withdraw-command';
import { Lanes } from './lanes';
import { RequestRate } from './request-rate';

const inFlightMost = 10;
const failed: ShadowRejection = { code: 500, message: 'Internal service failure' };

/**
 * The shadow service of local mode: answers get, update and delete of every thing the way AWS IoT does
 * (device-shadow). Every request gets an answer, never silence; it is stored before it is answered.
 */
export class ShadowService {
  readonly #lanes = new Lanes();
  readonly #inFlight = new Map<string, number>();
  readonly #rate: RequestRate;
  readonly #limits: typeof defaultLimits;
  #unsubscribe: (() => Promise<void>) | undefined;
  #isSuspended = false;
  /** It was suspended when it stopped: another bridge answers what still comes. */
  #isMute = false;

  constructor(
    private readonly deps: Deps,
    private readonly connection: MqttConnection,
    private readonly onEnded: (command: EndedCommand) => void,
    /** Filters of the requests; a group of bridges has shared ones. */
    private readonly filters: readonly string[] = shadowRequestFilters,
  ) {
    const { depth, requestsPerSecond } = deps.shadowRules ?? defaultShadowRules;
    this.#limits = { ...defaultLimits, depth };
    this.#rate = new RequestRate(requestsPerSecond, () => deps.clock.now().getTime());
  }

  /** Starts to answer, or answers again after `suspend`. */
  async start(): Promise<void> {
    this.#isSuspended = false;
    this.#isMute = false;
    this.#unsubscribe ??= await this.connection.subscribe(this.filters, (message) => this.#take(message));
  }

  /** The database is away: every request is told so at once, since silence would be the one wrong answer. */
  suspend(): void {
    this.#isSuspended = true;
  }

  async stop(): Promise<void> {
    const unsubscribe = this.#unsubscribe;
    this.#unsubscribe = undefined;
    this.#isMute = this.#isSuspended;
    await unsubscribe?.();
    await this.#lanes.idle();
  }

  /** Takes a command that has ended out of its thing's shadow, in the order of that shadow's requests. */
  withdraw(command: EndedCommand): Promise<void> {
    const address = { thing: command.thing, name: '' };
    return this.#lanes.run(shadowPrefix(address), async () => {
      const outcome = await withdrawCommand(this.deps, command);
      if (outcome !== undefined) await this.#publishUpdate(address, outcome, undefined);
    });
  }

  #take({ topic, payload, retain }: MqttMessage): void {
    const parsed = parseShadowTopic(topic);
    // A retained request is a replay (device-shadow 8).
    if (parsed === undefined || parsed.answer !== undefined || retain || this.#isMute) return;
    const { thing, name, request } = parsed;
    const address = { thing, name };
    const prefix = shadowPrefix(address);
    const reject = (rejection: ShadowRejection, clientToken?: string) =>
      this.#publish(`${topic}/rejected`, {
        ...rejection,
        timestamp: this.#seconds(),
        ...(clientToken === undefined ? {} : { clientToken }),
      });
    const update = request === 'update' ? parseUpdate(payload, this.#limits) : undefined;
    const read = update ?? parseQuery(payload, this.#limits);
    if (parsed.hasBadName) {
      const asked = read.ok ? read.request : read;
      void reject({ code: 400, message: 'Invalid name' }, asked.clientToken);
      return;
    }
    if (!read.ok) {
      void reject(read.rejection, read.clientToken);
      return;
    }
    const { clientToken } = read.request;
    if (this.#isSuspended) {
      void reject(failed, clientToken);
      return;
    }
    const busy = this.#inFlight.get(thing) ?? 0;
    if (busy >= inFlightMost || !this.#rate.take(thing)) {
      void reject({ code: 429, message: 'Too Many Requests' }, clientToken);
      return;
    }
    this.#inFlight.set(thing, busy + 1);
    let isInFlight = true;
    // Until its answer leaves, and no longer: who has the answer may ask again at once (device-shadow 6).
    const release = () => {
      if (!isInFlight) return;
      isInFlight = false;
      const left = (this.#inFlight.get(thing) ?? 1) - 1;
      if (left <= 0) this.#inFlight.delete(thing);
      else this.#inFlight.set(thing, left);
    };
    void this.#lanes.run(prefix, async () => {
      try {
        if (update?.ok === true) {
          const outcome = await updateShadow(this.deps, address, update.request);
          release();
          if (outcome?.ok === false) await reject(outcome.rejection, clientToken);
          else if (outcome !== undefined) await this.#publishUpdate(address, outcome, clientToken);
          return;
        }
        const answer =
          request === 'get'
            ? await getShadow(this.deps, address, read.request)
            : await deleteShadow(this.deps, address, read.request);
        release();
        if (answer.ok) await this.#publish(`${prefix}/${request}/accepted`, answer.accepted);
        else await reject(answer.rejection, clientToken);
      } catch (error) {
        this.deps.log.error({ err: error, thing }, 'shadow request failed');
        release();
        await reject(failed, clientToken);
      }
    });
  }

  async #publishUpdate(
    address: ShadowAddress,
    outcome: ShadowUpdate,
    clientToken: string | undefined,
  ): Promise<void> {
    if (!outcome.ok) {
      this.deps.log.error(
        { thing: address.thing, rejection: outcome.rejection, clientToken },
        'own shadow update refused',
      );
      return;
    }
    const { updated, report } = outcome;
    const prefix = shadowPrefix(address);
    const sent = [
      this.#publish(`${prefix}/update/accepted`, updated.accepted),
      ...(updated.delta === undefined ? [] : [this.#publish(`${prefix}/update/delta`, updated.delta)]),
      this.#publish(`${prefix}/update/documents`, updated.documents),
    ];
    this.deps.bus.announce(report.events);
    for (const command of report.ended) this.onEnded(command);
    await Promise.all(sent);
  }

  async #publish(topic: string, document: object): Promise<void> {
    const text = JSON.stringify(document);
    try {
      // What is stored must be answered: the asker may have a session that outlives the broker's absence.
      await publishPatiently(this.connection, topic, text);
    } catch (error) {
      this.deps.log.warn({ topic, err: error }, 'shadow answer could not be sent');
    }
  }

  #seconds(): number {
    return Math.floor(this.deps.clock.now().getTime() / 1000);
  }
}
