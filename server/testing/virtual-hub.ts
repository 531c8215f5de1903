import { randomUUID } from 'node:crypto';
import { isJsonObject, type JsonObject, parseJson } from '../domain/json';
import { shadowPrefix } from '../domain/topics';
import { connectMqtt } from '../mqtt/client';
import { Inbox } from './inbox';

/** A hub on the wire that does as a test says: what it is told comes out of `commands`, what it says is stored before `report` returns. */
export interface VirtualHub {
  /** Every command that came by a delta, once, as it came first. */
  readonly commands: Inbox<JsonObject>;
  /** Resolves when the connection has ended and stays refused. */
  readonly lost: Promise<void>;
  report(reported: object): Promise<void>;
  /** Speaks for a thing behind it; the broker tells nobody whether it listened. */
  reportFor(thing: string, reported: object): Promise<void>;
  /** `desired.command` as the shadow holds it now. */
  standing(): Promise<unknown>;
  end(): Promise<void>;
}

/** Connects as a hub's thing. */
export async function startVirtualHub(
  url: string,
  { thing, mqtt: { password } }: { thing: string; mqtt: { password: string } },
): Promise<VirtualHub> {
  const connection = connectMqtt({ url, clientId: thing, username: thing, password });
  const commands = new Inbox<JsonObject>();
  const seen = new Set<string>();
  const answers = new Map<string, (body: JsonObject) => void>();
  const bodyOf = (payload: Buffer): JsonObject => {
    const read = parseJson(payload.toString());
    return read.ok && isJsonObject(read.value) ? read.value : {};
  };
  const prefix = shadowPrefix({ thing, name: '' });
  const take = (difference: unknown) => {
    const command = isJsonObject(difference) && isJsonObject(difference.command) ? difference.command : {};
    // A difference is told again with every report that leaves it; and without its id once that was reported.
    if (typeof command.id !== 'string' || seen.has(command.id)) return;
    seen.add(command.id);
    commands.put(command);
  };
  await connection.subscribe([`${prefix}/update/delta`], ({ payload }) => take(bodyOf(payload).state));
  await connection.subscribe(
    ['update/accepted', 'update/rejected', 'get/accepted', 'get/rejected'].map(
      (answer) => `${prefix}/${answer}`,
    ),
    ({ payload }) => {
      const body = bodyOf(payload);
      answers.get(String(body.clientToken))?.(body);
    },
  );
  await connection.ready();
  let onLost = () => {};
  const lost = new Promise<void>((resolve) => {
    onLost = resolve;
  });
  connection.onDisconnect(() => onLost());
  const ask = (request: 'get' | 'update', body: object): Promise<JsonObject> => {
    const clientToken = randomUUID();
    return new Promise((resolve, reject) => {
      answers.set(clientToken, resolve);
      connection
        .publish(`${prefix}/${request}`, JSON.stringify({ ...body, clientToken }), {
          qos: 1,
        })
        .catch(reject);
    });
  };
  // A command may have been placed between the connect and the subscription.
  ask('get', {}).then(
    ({ state }) => take(isJsonObject(state) ? state.delta : undefined),
    () => {},
  );
  return {
    commands,
    lost,
    async report(reported) {
      const answer = await ask('update', { state: { reported } });
      if (answer.code !== undefined) throw new Error(`report refused: ${JSON.stringify(answer)}`);
    },
    async reportFor(other, reported) {
      const topic = `${shadowPrefix({ thing: other, name: '' })}/update`;
      await connection.publish(topic, JSON.stringify({ state: { reported } })).catch(() => {});
    },
    async standing() {
      const answer = await ask('get', {});
      const desired = isJsonObject(answer.state) ? answer.state.desired : undefined;
      return isJsonObject(desired) ? desired.command : undefined;
    },
    end: () => connection.end(),
  };
}
