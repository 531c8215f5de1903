import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Aedes } from 'aedes';
import { parseQuery, parseUpdate } from '../domain/shadow/request';
import { applyDelete, applyGet, applyUpdate, type Shadow } from '../domain/shadow/shadow';
import { parseShadowTopic, presenceTopic, shadowPrefix } from '../domain/topics';

/** A broker that keeps the shadows itself, as AWS IoT Core does, and notes what an AWS client may not do. */
export interface AwsStandIn {
  /** `mqtt://127.0.0.1:<port>` */
  url: string;
  /** What our services did that AWS forbids, or that is the shadow service's alone. */
  readonly violations: readonly string[];
  shadow(thing: string): Shadow | undefined;
  /** Sends every `documents` this many times. */
  copies: number;
  /** Presence of a client as AWS tells it. */
  tellPresence(event: 'connected' | 'disconnected', clientId: string, version: number, reason?: string): void;
  stop(): Promise<void>;
}

const filtersMost = 8;

/** Starts it on a free port of this machine, open to all. */
export async function startAwsStandIn(): Promise<AwsStandIn> {
  const shadows = new Map<string, Shadow>();
  const violations: string[] = [];
  const isOurs = (clientId: string | undefined) => clientId?.startsWith('svc:') === true;
  const broker = await Aedes.createBroker({
    authorizePublish(client, packet, done) {
      const { topic, retain, qos } = packet;
      if (isOurs(client?.id)) {
        const isAnswer = parseShadowTopic(topic)?.answer !== undefined;
        if (
          isAnswer ||
          retain ||
          qos > 1 ||
          topic.startsWith('latchkey/') ||
          topic.startsWith('$aws/events/')
        )
          violations.push(`published ${topic} at QoS ${qos}${retain ? ' with retain' : ''}`);
      }
      done(null);
    },
  });
  const tell = (topic: string, document: object) =>
    broker.publish(
      {
        cmd: 'publish',
        topic,
        payload: Buffer.from(JSON.stringify(document)),
        qos: 1,
        retain: false,
        dup: false,
      },
      () => {},
    );
  const standIn = { copies: 1 };

  broker.on('subscribe', (subscriptions, client) => {
    if (isOurs(client.id) && subscriptions.length > filtersMost)
      violations.push(`${subscriptions.length} filters in one SUBSCRIBE`);
  });
  broker.on('publish', (packet, client) => {
    const asked = parseShadowTopic(packet.topic);
    if (client === null || asked === undefined || asked.answer !== undefined) return;
    const prefix = shadowPrefix(asked);
    const label = asked.name === '' ? asked.thing : asked.name;
    const payload = Buffer.from(packet.payload);
    const seconds = Math.floor(Date.now() / 1_000);
    const reject = (rejection: object, clientToken?: string) =>
      tell(`${packet.topic}/rejected`, {
        ...rejection,
        timestamp: seconds,
        ...(clientToken ? { clientToken } : {}),
      });
    if (asked.request === 'update') {
      const read = parseUpdate(payload);
      if (!read.ok) return void reject(read.rejection, read.clientToken);
      const outcome = applyUpdate(shadows.get(prefix), read.request, seconds);
      if (!outcome.ok) return void reject(outcome.rejection, read.request.clientToken);
      shadows.set(prefix, outcome.next);
      for (let copy = 0; copy < standIn.copies; copy += 1)
        tell(`${prefix}/update/documents`, outcome.documents);
      if (outcome.delta !== undefined) tell(`${prefix}/update/delta`, outcome.delta);
      return void tell(`${prefix}/update/accepted`, outcome.accepted);
    }
    const read = parseQuery(payload);
    if (!read.ok) return void reject(read.rejection, read.clientToken);
    const answer =
      asked.request === 'get'
        ? applyGet(shadows.get(prefix), read.request, seconds, label)
        : applyDelete(shadows.get(prefix), read.request, seconds, label);
    if (!answer.ok) return void reject(answer.rejection, read.request.clientToken);
    if ('next' in answer) shadows.set(prefix, answer.next as Shadow);
    return void tell(`${packet.topic}/accepted`, answer.accepted);
  });

  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    broker.handle(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(standIn, {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    violations,
    shadow: (thing: string) => shadows.get(shadowPrefix({ thing, name: '' })),
    tellPresence(
      event: 'connected' | 'disconnected',
      clientId: string,
      versionNumber: number,
      reason?: string,
    ) {
      tell(presenceTopic(event, clientId), {
        clientId,
        timestamp: Date.now(),
        eventType: event,
        sessionIdentifier: 'session',
        principalIdentifier: 'principal',
        versionNumber,
        ...(reason === undefined ? {} : { clientInitiatedDisconnect: false, disconnectReason: reason }),
      });
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await new Promise<void>((resolve) => broker.close(() => resolve()));
    },
  });
}
