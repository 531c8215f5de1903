import { Aedes, type Client } from 'aedes';
import type { Logger } from '../config/log';
import type { DatabaseHandle } from '../db/client';
import {
  isClientIdOf,
  type MqttIdentity,
  mayPublish,
  mayReceive,
  maySubscribe,
  readUserName,
} from '../domain/mqtt-access';
import { presenceTopic } from '../domain/topics';
import { isSameSecret, type Secrets } from '../services/secrets';
import { authenticateThing } from '../services/things/authenticate-thing';
import { checkThings } from '../services/things/check-things';
import { listGatewayThings } from '../services/things/list-gateway-things';

export interface BrokerDeps {
  db: DatabaseHandle['db'];
  log: Logger;
  secrets: Secrets;
}

const publishMostBytes = 256 * 1024;
const filtersMost = 50;
/** How long the list of a hub's locks is trusted (model 2). */
const gatewayCheckMs = 1_000;
/** Rights of open connections are looked at this often: what was taken away is gone within a second (invariant I7). */
const sweepMs = 700;
const refused = 4;
const unavailable = 3;

interface Session {
  identity: MqttIdentity;
  checkedAt: number;
  /** Shared by the connect and the disconnect event of one connection. */
  version: number;
  filters: number;
}

const failure = (returnCode: number) => Object.assign(new Error('refused'), { returnCode });

/** The embedded broker: authentication, topics by identity, presence. Its listeners are opened elsewhere. */
export async function makeBroker({ db, log, secrets }: BrokerDeps): Promise<Aedes> {
  const sessions = new WeakMap<Client, Session>();
  let lastVersion = Date.now();
  const nextVersion = () => {
    lastVersion = Math.max(lastVersion + 1, Date.now());
    return lastVersion;
  };

  async function identify(
    clientId: string,
    userName: string,
    password: string,
  ): Promise<MqttIdentity | undefined> {
    if (userName.startsWith('svc:')) {
      const name = userName.slice(4);
      return isSameSecret(password, secrets.servicePassword(name)) ? { kind: 'service', name } : undefined;
    }
    if (!isClientIdOf(userName, clientId) || !(await authenticateThing({ db }, userName, password)))
      return undefined;
    return { kind: 'thing', name: userName, gatewayFor: await listGatewayThings({ db }, userName) };
  }

  /** The session with a fresh list of what its hub speaks for; undefined: it has no right left. */
  async function current(client: Client | null): Promise<Session | undefined> {
    const session = client === null ? undefined : sessions.get(client);
    if (session?.identity.kind !== 'thing' || !session.identity.name.startsWith('hub-')) return session;
    if (Date.now() - session.checkedAt > gatewayCheckMs) {
      session.identity = {
        ...session.identity,
        gatewayFor: await listGatewayThings({ db }, session.identity.name),
      };
      session.checkedAt = Date.now();
    }
    return session;
  }

  const broker = await Aedes.createBroker({
    concurrency: 1_000,
    queueLimit: 100,
    maxClientsIdLength: 256,
    authenticate(client, userName, password, done) {
      identify(client.id, readUserName(userName ?? ''), password?.toString() ?? '').then(
        (identity) => {
          if (identity === undefined) {
            log.info({ clientId: client.id }, 'MQTT connection refused');
            done(failure(refused), null);
            return;
          }
          sessions.set(client, { identity, checkedAt: Date.now(), version: nextVersion(), filters: 0 });
          done(null, true);
        },
        (error: unknown) => {
          // Fail closed: without the database nobody is let in but our own services.
          log.warn({ err: error, clientId: client.id }, 'MQTT connection could not be checked');
          done(failure(unavailable), null);
        },
      );
    },
    authorizePublish(client, packet, done) {
      const session = client === null ? undefined : sessions.get(client);
      if (client === null) return done(null);
      if (session?.identity.kind === 'service') {
        packet.retain = false;
        return mayPublish(session.identity, packet.topic) ? done(null) : done(new Error('topic not allowed'));
      }
      current(client).then(
        (known) => {
          if (
            known === undefined ||
            packet.payload.length > publishMostBytes ||
            !mayPublish(known.identity, packet.topic)
          ) {
            log.info({ clientId: client.id, topic: packet.topic }, 'MQTT publish refused');
            return done(new Error('topic not allowed'));
          }
          packet.retain = false;
          return done(null);
        },
        () => done(new Error('not checked')),
      );
    },
    authorizeSubscribe(client, subscription, done) {
      current(client).then(
        (session) => {
          const isAllowed =
            session !== undefined &&
            session.filters < filtersMost &&
            maySubscribe(session.identity, subscription.topic);
          if (isAllowed) session.filters += 1;
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

  function announce(client: Client, event: 'connected' | 'disconnected'): void {
    const session = sessions.get(client);
    if (session?.identity.kind !== 'thing') return;
    const message = {
      clientId: client.id,
      timestamp: Date.now(),
      eventType: event,
      sessionIdentifier: `${client.id}-${session.version}`,
      principalIdentifier: session.identity.name,
      versionNumber: session.version,
      ...(event === 'disconnected'
        ? { clientInitiatedDisconnect: false, disconnectReason: 'CONNECTION_LOST' }
        : {}),
    };
    broker.publish(
      {
        cmd: 'publish',
        topic: presenceTopic(event, client.id),
        payload: Buffer.from(JSON.stringify(message)),
        qos: 1,
        retain: false,
        dup: false,
      },
      () => {},
    );
  }

  const connected = new Set<Client>();
  broker.on('client', (client) => {
    connected.add(client);
    announce(client, 'connected');
  });
  broker.on('clientDisconnect', (client) => {
    connected.delete(client);
    announce(client, 'disconnected');
  });
  async function sweep(): Promise<void> {
    const clients = [...connected].flatMap((client) => {
      const session = sessions.get(client);
      return session?.identity.kind === 'thing' ? [{ client, session, identity: session.identity }] : [];
    });
    if (clients.length === 0) return;
    const { gone, gatewayFor } = await checkThings({ db }, [
      ...new Set(clients.map(({ identity }) => identity.name)),
    ]);
    for (const { client, session, identity } of clients) {
      if (gone.has(identity.name)) client.close();
      session.identity = { ...identity, gatewayFor: gatewayFor.get(identity.name) ?? [] };
      session.checkedAt = Date.now();
    }
  }
  let isSweeping = false;
  const sweeping = setInterval(() => {
    if (isSweeping) return;
    isSweeping = true;
    sweep()
      .catch((error: unknown) => log.debug({ err: error }, 'rights will be looked at again'))
      .finally(() => {
        isSweeping = false;
      });
  }, sweepMs).unref();
  broker.once('closed', () => clearInterval(sweeping));

  broker.on('unsubscribe', (filters, client) => {
    const session = sessions.get(client);
    if (session !== undefined) session.filters = Math.max(0, session.filters - filters.length);
  });
  // Whoever starts to follow presence is told who is here: events of its absence are lost otherwise.
  broker.on('subscribe', (subscriptions, client) => {
    if (sessions.get(client)?.identity.kind !== 'service') return;
    if (!subscriptions.some(({ topic }) => topic.startsWith('$aws/events/presence/'))) return;
    for (const present of connected) announce(present, 'connected');
  });
  broker.on('clientError', (client, error) =>
    log.debug({ clientId: client.id, err: error }, 'MQTT client error'),
  );
  broker.on('connectionError', (client, error) =>
    log.debug({ clientId: client.id, err: error }, 'MQTT connection error'),
  );
  return broker;
}
