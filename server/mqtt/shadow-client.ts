import { shadowPrefix } from '../domain/topics';
import { type MqttConnection, NotConnectedError } from './client';

/** What became of a shadow update of ours. */
export type ShadowAnswer =
  | { kind: 'accepted'; version: number }
  | { kind: 'rejected'; code: number; message: string }
  /** Provably never left this process. */
  | { kind: 'unsent' }
  /** Sent, and no word within the time: it may still take effect. */
  | { kind: 'silent' };

/** A shadow client as any app of AWS IoT would be one: the same in local mode and on AWS. */
export interface ShadowClient {
  readonly isConnected: boolean;
  /** Updates a thing's classic shadow and waits for the service's answer. */
  update(thing: string, state: object, clientToken: string, timeoutMs: number): Promise<ShadowAnswer>;
}

interface Waiting {
  settle(answer: ShadowAnswer): void;
}

/** Listens for answers of all things on one connection. Call `start` once before the first update. */
export function shadowClientOver(connection: MqttConnection): ShadowClient & { start(): Promise<void> } {
  const waiting = new Map<string, Waiting>();

  function answer(payload: Buffer, read: (body: Record<string, unknown>) => ShadowAnswer): void {
    let body: Record<string, unknown>;
    try {
      body = JSON.parse(payload.toString()) as Record<string, unknown>;
    } catch {
      return;
    }
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
        answer(payload, (body) => ({
          kind: 'rejected',
          code: Number(body.code),
          message: String(body.message),
        })),
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
  };
}
