import { readWillTopic, shadowPrefix, willTopicOf, willTopicPattern } from '../domain/topics';
import type { MqttConnection } from '../mqtt/client';
import type { Deps } from '../services/deps';

/**
 * Republishes last wills to the classic shadow of their things, as a rule of AWS IoT would (device-shadow 8): there a
 * will may not name a shadow topic itself. Local mode only. The broker has seen to it that a will is of its own thing.
 */
export class Wills {
  #unsubscribe: (() => Promise<void>) | undefined;

  constructor(
    private readonly deps: Pick<Deps, 'log'>,
    private readonly connection: MqttConnection,
    private readonly pattern: string = willTopicPattern,
  ) {}

  async start(): Promise<void> {
    this.#unsubscribe = await this.connection.subscribe(
      willTopicOf(this.pattern, '+'),
      ({ topic, payload, retain }) => {
        const thing = readWillTopic(this.pattern, topic);
        // What was retained is a replay.
        if (thing === undefined || retain) return;
        this.connection
          .publish(`${shadowPrefix({ thing, name: '' })}/update`, payload, { qos: 1 })
          .catch((error: unknown) => this.deps.log.warn({ err: error, thing }, 'last will was lost'));
      },
    );
  }

  async stop(): Promise<void> {
    await this.#unsubscribe?.();
  }
}
