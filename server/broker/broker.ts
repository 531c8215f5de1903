import type { Duplex } from 'node:stream';
import { Aedes, type AuthenticateError, type Client, type PublishPacket } from 'aedes';
import type { Logger } from '../config/log';
import type { DatabaseHandle } from '../db/client';
import { type MqttIdentity, mayPublish, mayReceive, maySubscribe } from '../domain/mqtt-access';
import { presenceTopic, willTopicPattern } from '../domain/topics';
import { type Clock, systemClock } from '../services/deps';
import type { Secrets } from '../services/secrets';
import { listGatewayThings } from '../services/things/list-gateway-things';
import type { Arrival } from './arrival';
import { identify } from './identify';
import { KeptSessions } from './kept-sessions';
import { Departures, type DisconnectReason, presenceEvent } from './presence-events';
import { sweepRights } from './sweep-rights';

export interface BrokerDeps {
  db: DatabaseHandle['db'];
  log: Logger;
  secrets: Secrets;
  clock?: Clock;
  /** Where things leave their last wills. */
  willTopic?: string | undefined;
}

/** The embedded broker; `accept` takes a connection whose CONNECT is still to be read. */
export interface Broker {
  aedes: Aedes;
  accept(stream: Duplex, arrival: Arrival): void;
  /** Forgets the sessions that nobody has come back to; it does so by itself every minute. */
  forgetSessions(): Promise<void>;
  close(): Promise<void>;
}

const publishMostBytes = 256 * 1024;
const filtersMost = 50;
/** How long whoever does not read may keep a message from being done: with enough of those all others wait. */
const unreadMostMs = 5_000;
/** How long the list of a hub's locks is trusted (model 2). */
const gatewayCheckMs = 1_000;
/** Rights of open connections are looked at this often: what was taken away is gone within a second (invariant I7). */
const sweepMs = 700;
const forgetSessionsMs = 60_000;
const [unavailable, badCredentials, notAuthorised] = [3, 4, 5] as const;

/** One connection that was let in. */
interface Session {
  identity: MqttIdentity;
  /** Hex fingerprint of the certificate that it came with. */
  certificate?: string;
  address: string | undefined;
  /** When its identity was last looked up, milliseconds. */
  checkedAt: number;
  version: number;
  readonly filters: Set<string>;
}

const failure = (returnCode: number): AuthenticateError =>
  Object.assign(new Error('refused'), { returnCode }) as AuthenticateError;

/** Makes the broker: authentication, topics by identity, kept sessions, presence. Its listeners are opened elsewhere. */
export async function makeBroker({
  db,
  log,
  secrets,
  clock = systemClock,
  willTopic = willTopicPattern,
}: BrokerDeps): Promise<Broker> {
  const arrivals = new WeakMap<Duplex, Arrival>();
  const wills = new WeakMap<Client, PublishPacket>();
  const sessions = new WeakMap<Client, Session>();
  const connected = new Set<Client>();
  const departures = new Departures();
  const kept = new KeptSessions((client, topic) => sessions.get(client)?.filters.has(topic) === true);
  let lastVersion = Date.now();
  const nextVersion = () => {
    lastVersion = Math.max(lastVersion + 1, Date.now());
    return lastVersion;
  };

  /** The session with a fresh list of what its hub speaks for. */
  async function current(client: Client): Promise<Session | undefined> {
    const session = sessions.get(client);
    if (session?.identity.kind !== 'thing' || !session.identity.name.startsWith('hub-')) return session;
    if (Date.now() - session.checkedAt > gatewayCheckMs) {
      const gatewayFor = await listGatewayThings({ db }, session.identity.name);
      session.identity = { ...session.identity, gatewayFor };
      session.checkedAt = Date.now();
    }
    return session;
  }

  /** Why a message may not be published; undefined: it may. */
  function refusal(identity: MqttIdentity | undefined, packet: PublishPacket): DisconnectReason | undefined {
    if (identity === undefined || !mayPublish(identity, packet.topic, willTopic)) return 'AUTH_ERROR';
    const isWrong =
      identity.kind === 'thing' && (packet.qos === 2 || packet.payload.length > publishMostBytes);
    return isWrong ? 'CLIENT_ERROR' : undefined;
  }

  async function letIn(client: Client, userName: string, password: string): Promise<number> {
    const arrival = arrivals.get(client.conn) ?? { address: undefined };
    const known = await identify({ db, clock, secrets }, arrival, client.id, userName, password);
    if (known === undefined) return badCredentials;
    const will = wills.get(client);
    // A will that could never be published is told now, and not when it is needed.
    if (will !== undefined && refusal(known.identity, will) !== undefined) return notAuthorised;
    sessions.set(client, {
      ...known,
      address: arrival.address,
      checkedAt: Date.now(),
      version: nextVersion(),
      filters: new Set(),
    });
    departures.arrive(client);
    return 0;
  }

  const aedes = await Aedes.createBroker({
    concurrency: 1_000,
    drainTimeout: unreadMostMs,
    queueLimit: 100,
    maxClientsIdLength: 256,
    persistence: kept.store,
    preConnect(client, packet, done) {
      if (packet.will !== undefined)
        wills.set(client, { cmd: 'publish', dup: false, ...packet.will } as PublishPacket);
      done(null, true);
    },
    authenticate(client, userName, password, done) {
      letIn(client, userName ?? '', password?.toString() ?? '').then(
        (code) => {
          if (code === 0) return done(null, true);
          log.info({ clientId: client.id, code }, 'MQTT connection refused');
          done(failure(code), null);
        },
        (error: unknown) => {
          // Fail closed: without the database nobody is let in but our own services.
          log.warn({ err: error, clientId: client.id }, 'MQTT connection could not be checked');
          done(failure(unavailable), null);
        },
      );
    },
    authorizePublish(client, packet, done) {
      if (client === null) return done(null);
      packet.retain = false;
      const decide = (session: Session | undefined) => {
        const reason = refusal(session?.identity, packet);
        if (reason === undefined) return done(null);
        log.info({ clientId: client.id, topic: packet.topic }, 'MQTT publish refused');
        departures.because(client, reason);
        return done(new Error('refused'));
      };
      const session = sessions.get(client);
      if (session?.identity.kind === 'service') return decide(session);
      current(client).then(decide, () => {
        departures.because(client, 'SERVER_INITIATED_DISCONNECT');
        done(new Error('not checked'));
      });
    },
    authorizeSubscribe(client, subscription, done) {
      current(client).then(
        (session) => {
          const { topic } = subscription;
          const isAllowed =
            session !== undefined &&
            (session.filters.has(topic) || session.filters.size < filtersMost) &&
            maySubscribe(session.identity, topic, willTopic);
          if (isAllowed) session.filters.add(topic);
          done(null, isAllowed ? { ...subscription, qos: subscription.qos === 0 ? 0 : 1 } : null);
        },
        () => done(null, null),
      );
    },
    authorizeForward(client, packet) {
      const session = sessions.get(client);
      return session !== undefined && mayReceive(session.identity, packet.topic) ? packet : null;
    },
  });

  function announce(client: Client, reason?: DisconnectReason): void {
    const session = sessions.get(client);
    if (session?.identity.kind !== 'thing') return;
    const { address, version, identity } = session;
    const event = presenceEvent(
      { clientId: client.id, thing: identity.name, address, version },
      Date.now(),
      reason,
    );
    aedes.publish(
      {
        cmd: 'publish',
        topic: presenceTopic(reason === undefined ? 'connected' : 'disconnected', client.id),
        payload: Buffer.from(JSON.stringify(event)),
        qos: 1,
        retain: false,
        dup: false,
      },
      () => {},
    );
  }

  aedes.on('client', (client) => {
    departures.arrived(client);
    connected.add(client);
    kept.came(client.id);
    announce(client);
  });
  aedes.on('clientDisconnect', (client) => {
    connected.delete(client);
    const { identity } = sessions.get(client) ?? {};
    if (!client.clean && identity !== undefined)
      void kept.left(client.id, identity.name, clock.now().getTime());
    announce(client, departures.reasonOf(client, aedes.closed));
  });
  aedes.on('keepaliveTimeout', (client) => departures.because(client, 'MQTT_KEEP_ALIVE_TIMEOUT'));
  aedes.on('clientError', (client, error) => {
    departures.failed(client, error);
    log.debug({ clientId: client.id, err: error }, 'MQTT client error');
  });
  aedes.on('connectionError', (client, error) =>
    log.debug({ clientId: client.id, err: error }, 'MQTT connection error'),
  );
  aedes.on('unsubscribe', (filters, client) => {
    const session = sessions.get(client);
    for (const filter of filters) session?.filters.delete(filter);
  });
  // Whoever starts to follow presence is told who is here: events of its absence are lost otherwise.
  aedes.on('subscribe', (subscriptions, client) => {
    if (sessions.get(client)?.identity.kind !== 'service') return;
    if (!subscriptions.some(({ topic }) => topic.startsWith('$aws/events/presence/'))) return;
    for (const present of connected) announce(present);
  });

  const endSweep = sweepRights({
    db,
    clock,
    log,
    everyMs: sweepMs,
    present: () =>
      [...connected].flatMap((client) => {
        const session = sessions.get(client);
        return session === undefined ? [] : [{ client, session }];
      }),
    close(client) {
      departures.because(client, 'FORBIDDEN_ACCESS');
      client.close();
    },
  });
  const forgetSessions = () => kept.sweep(clock.now().getTime());
  const forgetting = setInterval(() => void forgetSessions(), forgetSessionsMs).unref();
  return {
    aedes,
    accept(stream, arrival) {
      arrivals.set(stream, arrival);
      aedes.handle(stream);
    },
    forgetSessions,
    async close() {
      endSweep();
      clearInterval(forgetting);
      await new Promise<void>((resolve) => aedes.close(() => resolve()));
    },
  };
}
