import { Readable } from 'node:stream';
import type { AedesPublishPacket, Client, Subscription } from 'aedes';
import memory from 'aedes-persistence';

export interface KeptLimits {
  /** Messages that wait for one session, and their bytes; the oldest give way. */
  messagesMost: number;
  bytesMost: number;
  /** Sessions that one thing may leave behind; the one that is away longest gives way. */
  sessionsMost: number;
  /** How long a session waits for its client, milliseconds. */
  awayMostMs: number;
}

/** One hour is what AWS IoT keeps a session by default (device-shadow 8). */
export const keptLimits: KeptLimits = {
  messagesMost: 500,
  bytesMost: 1024 * 1024,
  sessionsMost: 10,
  awayMostMs: 3_600_000,
};

type Waiting = Pick<
  AedesPublishPacket,
  'cmd' | 'brokerId' | 'brokerCounter' | 'topic' | 'qos' | 'retain' | 'dup' | 'messageId'
> & { payload: Buffer };

/** By itself: a payload is often a piece of a larger buffer, which would be kept with it. */
const copyOf = ({ cmd, brokerId, brokerCounter, topic, qos, retain, dup, payload }: Waiting): Waiting => ({
  ...{ cmd, brokerId, brokerCounter, topic, qos, retain, dup },
  payload: Buffer.from(payload),
});

type Named = Pick<Client, 'id'>;

/** Messages at QoS 1 that one session has not acknowledged, oldest first. */
class Queue {
  readonly #packets: Waiting[] = [];
  #bytes = 0;
  constructor(private readonly limits: KeptLimits) {}

  get all(): readonly Waiting[] {
    return [...this.#packets];
  }

  put(packet: Waiting): void {
    this.#packets.push(packet);
    this.#bytes += packet.payload.length;
    while (this.#packets.length > this.limits.messagesMost || this.#bytes > this.limits.bytesMost) {
      this.#take(0);
    }
  }

  /** The number under which a message goes out now; one that had to give way is sent and not kept. */
  number(sent: Waiting): void {
    const kept = this.#packets.find(
      ({ brokerId, brokerCounter }) => brokerId === sent.brokerId && brokerCounter === sent.brokerCounter,
    );
    if (kept !== undefined && sent.messageId !== undefined) kept.messageId = sent.messageId;
  }

  acknowledge(messageId: number | undefined): Waiting | undefined {
    if (messageId === undefined) return undefined;
    const at = this.#packets.findIndex((packet) => packet.messageId === messageId);
    return at === -1 ? undefined : this.#take(at);
  }

  #take(at: number): Waiting | undefined {
    const [packet] = this.#packets.splice(at, 1);
    this.#bytes -= packet?.payload.length ?? 0;
    return packet;
  }
}

/** What aedes asks of its store, as far as we answer it ourselves. */
interface SessionStore {
  addSubscriptions(client: Client, subscriptions: Subscription[]): Promise<void>;
  cleanSubscriptions(client: Named): Promise<void>;
  cleanIncoming(client: Named): Promise<void>;
  outgoingEnqueue(subscription: { clientId: string }, packet: Waiting): Promise<void>;
  outgoingEnqueueCombi(subscriptions: { clientId: string }[], packet: Waiting): Promise<void>;
  outgoingUpdate(client: Named, packet: Waiting): Promise<void>;
  outgoingClearMessageId(client: Named, packet: { messageId?: number }): Promise<Waiting | undefined>;
  outgoingStream(client: Named): Readable;
}

/**
 * Sessions that outlive their connections (clean session off), in memory: what they wait for is bounded in number, size
 * and time, and gone when the broker restarts. Only subscriptions that were granted are kept.
 */
export class KeptSessions {
  /** Given to aedes as its persistence. */
  readonly store: SessionStore;
  readonly #queues = new Map<string, Queue>();
  /** Sessions without a connection: whose they are and since when. */
  readonly #away = new Map<string, { owner: string; since: number }>();

  constructor(
    isGranted: (client: Client, topic: string) => boolean,
    private readonly limits: KeptLimits = keptLimits,
  ) {
    const store = memory() as unknown as SessionStore;
    const addSubscriptions = store.addSubscriptions.bind(store);
    const cleanSubscriptions = store.cleanSubscriptions.bind(store);
    store.addSubscriptions = (client, subscriptions) =>
      addSubscriptions(
        client,
        subscriptions
          .filter(({ topic }) => isGranted(client, topic))
          .map((subscription) => ({ ...subscription, qos: subscription.qos === 0 ? 0 : 1 })),
      );
    store.cleanSubscriptions = async (client) => {
      this.#queues.delete(client.id);
      await cleanSubscriptions(client);
    };
    store.outgoingEnqueue = async ({ clientId }, packet) => this.#put(clientId, packet);
    store.outgoingEnqueueCombi = async (subscriptions, packet) => {
      for (const clientId of new Set(subscriptions.map((one) => one.clientId))) this.#put(clientId, packet);
    };
    store.outgoingUpdate = async ({ id }, packet) => this.#queues.get(id)?.number(packet);
    store.outgoingClearMessageId = async ({ id }, { messageId }) =>
      this.#queues.get(id)?.acknowledge(messageId);
    store.outgoingStream = ({ id }) => Readable.from(this.#queues.get(id)?.all ?? []);
    this.store = store;
  }

  /** Messages that wait for a session. */
  waiting(clientId: string): number {
    return this.#queues.get(clientId)?.all.length ?? 0;
  }

  came(clientId: string): void {
    this.#away.delete(clientId);
  }

  /** A client has gone and left its session; one too many of the same owner is forgotten. */
  async left(clientId: string, owner: string, now: number): Promise<void> {
    this.#away.delete(clientId);
    this.#away.set(clientId, { owner, since: now });
    const left = [...this.#away].filter(([, session]) => session.owner === owner);
    for (const [id] of left.slice(0, Math.max(0, left.length - this.limits.sessionsMost)))
      await this.#forget(id);
  }

  /** Forgets the sessions that nobody has come back to. */
  async sweep(now: number): Promise<void> {
    for (const [id, { since }] of this.#away)
      if (now - since > this.limits.awayMostMs) await this.#forget(id);
  }

  #put(clientId: string, packet: Waiting): void {
    let queue = this.#queues.get(clientId);
    if (queue === undefined) {
      queue = new Queue(this.limits);
      this.#queues.set(clientId, queue);
    }
    queue.put(copyOf(packet));
  }

  async #forget(id: string): Promise<void> {
    this.#away.delete(id);
    await this.store.cleanSubscriptions({ id });
    await this.store.cleanIncoming({ id });
  }
}
