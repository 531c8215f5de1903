import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Aedes, type Client } from 'aedes';
import { topicMatches } from '../domain/topics';

/** A broker with shared subscriptions, which aedes has not: each message to a shared filter goes to one of the group. */
export interface SharingBroker {
  /** `mqtt://127.0.0.1:<port>` */
  url: string;
  /** Shared messages that each client id was sent. */
  readonly deliveries: ReadonlyMap<string, number>;
  /** Topics that reach nobody, as a broker's rules would have it: acknowledged and dropped. */
  readonly refused: Set<string>;
  stop(): Promise<void>;
}

/** Starts it on a free port of this machine, open to all. */
export async function startSharingBroker(): Promise<SharingBroker> {
  /** Members of each shared filter, by the filter behind the group. */
  const groups = new Map<string, Client[]>();
  /** Whoever was a member once: aedes itself goes on sending to those who have left. */
  const joined = new Map<string, Set<Client>>();
  const deliveries = new Map<string, number>();
  const refused = new Set<string>();
  /** Who gets a message, settled when the first of the group is asked for. */
  const chosen = new Map<string, Client | undefined>();
  let turn = 0;
  const plain = (filter: string) => filter.split('/').slice(2).join('/');
  const leave = (client: Client, filter?: string) => {
    for (const [shared, members] of groups)
      if (filter === undefined || filter === shared)
        groups.set(
          shared,
          members.filter((member) => member !== client),
        );
  };
  const broker = await Aedes.createBroker({
    authorizeSubscribe(client, subscription, done) {
      const { topic } = subscription;
      if (!topic.startsWith('$share/')) return done(null, subscription);
      const shared = plain(topic);
      groups.set(shared, [...(groups.get(shared) ?? []).filter((member) => member !== client), client]);
      joined.set(shared, (joined.get(shared) ?? new Set()).add(client));
      return done(null, { ...subscription, topic: shared });
    },
    authorizeForward(client, packet) {
      if (refused.has(packet.topic)) return null;
      const { brokerCounter = 0 } = packet as { brokerCounter?: number };
      const shared = [...joined].filter(
        ([filter, clients]) => clients.has(client) && topicMatches(filter, packet.topic),
      );
      // What it did not join it has subscribed to by itself.
      if (shared.length === 0) return packet;
      const isChosen = shared.some(([filter]) => {
        const key = `${brokerCounter} ${filter}`;
        if (!chosen.has(key)) {
          const members = groups.get(filter) ?? [];
          turn += 1;
          chosen.set(key, members[turn % members.length]);
        }
        return chosen.get(key) === client;
      });
      if (isChosen) deliveries.set(client.id, (deliveries.get(client.id) ?? 0) + 1);
      return isChosen ? packet : null;
    },
  });
  broker.on('unsubscribe', (filters, client) => {
    for (const filter of filters) if (filter.startsWith('$share/')) leave(client, plain(filter));
  });
  broker.on('clientDisconnect', (client) => leave(client));
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    broker.handle(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    deliveries,
    refused,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await new Promise<void>((resolve) => broker.close(() => resolve()));
    },
  };
}
