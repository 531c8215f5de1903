import { type ShadowAddress, type ShadowRequestKind, shadowPrefix } from '../domain/topics';
import { type MqttConnection, NotConnectedError } from './client';
import { publishPatiently } from './publish-patiently';

/** What became of a shadow update of ours. */
export type ShadowAnswer =
  | { kind: 'accepted'; version: number }
  | { kind: 'rejected'; code: number; message: string }
  /** Provably never left this process. */
  | { kind: 'unsent' }
  /** Sent, and no word within the time: it may still take effect. */
  | { kind: 'silent' };

/** What became of any other request: as above, with the document of the answer. */
export type ShadowReply =
  | { kind: 'accepted'; document: Record<string, unknown> }
  | Exclude<ShadowAnswer, { kind: 'accepted' }>;

/** A shadow client as any app of AWS IoT would be one: the same in local mode and on AWS. */
export interface ShadowClient {
  readonly isConnected: boolean;
  /** Updates a thing's classic shadow and waits for the service's answer. */
  update(thing: string, state: object, clientToken: string, timeoutMs: number): Promise<ShadowAnswer>;
  /** Sends a request about the classic or a named shadow and waits for the answer that carries its token. */
  request(
    address: ShadowAddress,
    kind: ShadowRequestKind,
    body: { clientToken: string },
    timeoutMs: number,
  ): Promise<ShadowReply>;
  /** Publishes documents in order, as the shadow service does, also when the broker is away for a moment: for changes that were stored here. */
  tell(documents: readonly { topic: string; document: object }[]): void;
}

interface Waiting {
  settle(answer: ShadowAnswer): void;
}

/** An answer as an object; undefined: it cannot be read. */
function readAnswer(payload: Buffer): Record<string, unknown> | undefined {
  try {
    const body: unknown = JSON.parse(payload.toString());
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const rejectionOf = (body: Record<string, unknown>): ShadowAnswer & { kind: 'rejected' } => ({
  kind: 'rejected',
  code: Number(body.code),
  message: String(body.message),
});

/** Listens for answers of all things on one connection. Call `start` once before the first update. */
export function shadowClientOver(connection: MqttConnection): ShadowClient & { start(): Promise<void> } {
  const waiting = new Map<string, Waiting>();

  function answer(payload: Buffer, read: (body: Record<string, unknown>) => ShadowAnswer): void {
    const body = readAnswer(payload);
    if (typeof body?.clientToken === 'string') waiting.get(body.clientToken)?.settle(read(body));
  }

  return {
    get isConnected() {
      return connection.isConnected;
    },
    async start() {
      await connection.subscribe('$aws/things/+/shadow/update/accepted', ({ payload }) =>
        answer(payload, (body) => ({ kind: 'accepted', version: Number(body.version) })),
      );
      await connection.subscribe('$aws/things/+/shadow/update/rejected', ({ payload }) =>
        answer(payload, rejectionOf),
      );
    },
    update(thing, state, clientToken, timeoutMs) {
      if (!connection.isConnected) return Promise.resolve({ kind: 'unsent' });
      return new Promise((resolve) => {
        const timer = setTimeout(() => settle({ kind: 'silent' }), timeoutMs);
        const settle = (outcome: ShadowAnswer) => {
          clearTimeout(timer);
          if (waiting.get(clientToken)?.settle === settle) waiting.delete(clientToken);
          resolve(outcome);
        };
        waiting.set(clientToken, { settle });
        // QoS 0 on purpose: the client must not send an opening again by itself after a reconnect. The service's
        // `accepted` is the acknowledgement.
        connection
          .publish(`${shadowPrefix({ thing, name: '' })}/update`, JSON.stringify({ state, clientToken }))
          .catch((error: unknown) =>
            settle({ kind: error instanceof NotConnectedError ? 'unsent' : 'silent' }),
          );
      });
    },
    async request(address, kind, body, timeoutMs) {
      if (!connection.isConnected) return { kind: 'unsent' };
      const topic = `${shadowPrefix(address)}/${kind}`;
      const answers = [`${topic}/accepted`, `${topic}/rejected`] as const;
      let settle: (reply: ShadowReply) => void = () => {};
      const reply = new Promise<ShadowReply>((resolve) => {
        settle = resolve;
      });
      const timer = setTimeout(() => settle({ kind: 'silent' }), timeoutMs);
      let off = async () => {};
      try {
        // Only while it waits: answers of all things at once would be the traffic of the whole house.
        off = await connection.subscribe(answers, ({ topic: at, payload }) => {
          const document = readAnswer(payload);
          if (document?.clientToken !== body.clientToken) return;
          if (at === answers[0]) settle({ kind: 'accepted', document });
          else if (at === answers[1]) settle(rejectionOf(document));
        });
        await connection.publish(topic, JSON.stringify(body));
      } catch (error) {
        settle({ kind: error instanceof NotConnectedError ? 'unsent' : 'silent' });
      }
      return reply.finally(() => {
        clearTimeout(timer);
        off().catch(() => {});
      });
    },
    tell(documents) {
      for (const { topic, document } of documents)
        publishPatiently(connection, topic, JSON.stringify(document)).catch(() => {});
    },
  };
}
