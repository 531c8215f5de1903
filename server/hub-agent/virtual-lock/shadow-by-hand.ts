import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Aedes } from 'aedes';
import type { JsonObject } from '@/server/domain/json';
import { parseQuery, parseUpdate } from '@/server/domain/shadow/request';
import { applyGet, applyUpdate, type Shadow } from '@/server/domain/shadow/shadow';
import { parseShadowTopic, shadowPrefix } from '@/server/domain/topics';

/** A report of a lock as it came over the wire. */
export interface SeenReport {
  reported: JsonObject;
  clientToken: string;
}

/** A broker with a shadow service that a test plays by hand. For tests only. */
export interface ShadowByHand {
  url: string;
  /** Every report so far, in order, doubled ones doubled. */
  readonly reports: readonly SeenReport[];
  /** `client id / user name` of everyone who connected. */
  readonly logins: readonly string[];
  /** False: requests are heard and not answered. */
  isAnswering: boolean;
  /** Milliseconds since the epoch by the service's clock. */
  now(): number;
  /** Updates desired as an app would. */
  desire(thing: string, desired: JsonObject | null): Promise<void>;
  /** Publishes a difference as it stands, past the document; version as given, else a new one. */
  sendDelta(thing: string, state: JsonObject, version?: number): Promise<void>;
  /** Version of the stored document. */
  version(thing: string): number;
  /** The stored reported section. */
  reported(thing: string): JsonObject;
  /** Takes members out of the stored reported section, as if they had never arrived. */
  forget(thing: string, ...members: string[]): void;
  /** The first report after `from` (an index, default 0) that fits. */
  report(fits: (reported: JsonObject) => boolean, from?: number): Promise<JsonObject>;
  /** Resolves when nobody is connected. */
  deserted(): Promise<void>;
  /** Cuts every connection without a word. */
  cut(): void;
  stop(): Promise<void>;
}

/** `clockMs`: the service's clock, this machine's by default. */
export async function playShadow(clockMs: () => number = Date.now): Promise<ShadowByHand> {
  const shadows = new Map<string, Shadow>();
  const reports: SeenReport[] = [];
  const logins: string[] = [];
  const listeners = new Set<() => void>();
  const sockets = new Set<Socket>();
  const broker = await Aedes.createBroker({
    authenticate: (client, username, _password, done) => {
      logins.push(`${client.id} / ${username}`);
      done(null, true);
    },
  });
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    broker.handle(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const publish = (topic: string, body: object) =>
    new Promise<void>((resolve, reject) => {
      const packet = { cmd: 'publish' as const, topic, payload: JSON.stringify(body), qos: 1 as const };
      broker.publish({ ...packet, dup: false, retain: false }, (error) =>
        error ? reject(error) : resolve(),
      );
    });
  const seconds = () => Math.floor(clockMs() / 1000);

  async function update(thing: string, payload: Buffer): Promise<void> {
    const prefix = shadowPrefix({ thing, name: '' });
    const parsed = parseUpdate(payload);
    if (!parsed.ok) return publish(`${prefix}/update/rejected`, parsed.rejection);
    const updated = applyUpdate(shadows.get(thing), parsed.request, seconds());
    if (!updated.ok) return publish(`${prefix}/update/rejected`, updated.rejection);
    shadows.set(thing, updated.next);
    await publish(`${prefix}/update/accepted`, updated.accepted);
    if (updated.delta !== undefined) await publish(`${prefix}/update/delta`, updated.delta);
  }

  async function get(thing: string, payload: Buffer): Promise<void> {
    const prefix = shadowPrefix({ thing, name: '' });
    const parsed = parseQuery(payload);
    if (!parsed.ok) return publish(`${prefix}/get/rejected`, parsed.rejection);
    const { clientToken } = parsed.request;
    const got = applyGet(shadows.get(thing), parsed.request, seconds(), thing);
    if (got.ok) return publish(`${prefix}/get/accepted`, got.accepted);
    await publish(`${prefix}/get/rejected`, { ...got.rejection, timestamp: seconds(), clientToken });
  }

  const played: ShadowByHand = {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reports,
    logins,
    isAnswering: true,
    now: clockMs,
    desire: (thing, desired) => update(thing, Buffer.from(JSON.stringify({ state: { desired } }))),
    sendDelta: (thing, state, version = (shadows.get(thing)?.version ?? 0) + 1) =>
      publish(`${shadowPrefix({ thing, name: '' })}/update/delta`, { state, version, timestamp: seconds() }),
    version: (thing) => shadows.get(thing)?.version ?? 0,
    reported: (thing) => shadows.get(thing)?.state.reported ?? {},
    forget(thing, ...members) {
      for (const member of members) delete shadows.get(thing)?.state.reported?.[member];
    },
    report(fits, from = 0) {
      return new Promise((resolve) => {
        const look = () => {
          const found = reports.slice(from).find(({ reported }) => fits(reported));
          if (found === undefined) return;
          listeners.delete(look);
          resolve(found.reported);
        };
        listeners.add(look);
        look();
      });
    },
    async deserted() {
      while (broker.connectedClients > 0) await once(broker, 'clientDisconnect');
    },
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    async stop() {
      await new Promise<void>((resolve) => broker.close(resolve));
      played.cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  broker.on('publish', (packet, client) => {
    const parsed = parseShadowTopic(packet.topic);
    if (client === null || parsed === undefined || parsed.answer !== undefined) return;
    const payload = Buffer.from(packet.payload);
    if (parsed.request === 'update') {
      const body = JSON.parse(payload.toString());
      reports.push({ reported: body.state.reported, clientToken: body.clientToken });
      for (const look of [...listeners]) look();
    }
    if (played.isAnswering) void (parsed.request === 'get' ? get : update)(parsed.thing, payload);
  });
  return played;
}
