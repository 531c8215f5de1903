import { beforeAll, expect, inject } from 'vitest';
import { send } from './api-client';
import type { Factory, Person } from './factories';
import type { MqttPeer } from './mqtt-peer';
import { openSocket } from './web-socket';

/** A home of one person, for the tests of what devices in it do. */
export function deviceHome(factory: Factory) {
  const url = inject('url');
  let person: Person;
  let homeId: number;
  beforeAll(async () => {
    person = await factory.person((await factory.project()).id);
    homeId = (await factory.home(person)).id;
  });
  return {
    get person() {
      return person;
    },
    get homeId() {
      return homeId;
    },
    /** One more device, in this home. */
    device: () => factory.device(person.user.projectId, homeId),
    /** The device as its people see it. */
    get: async (deviceId: number) =>
      (await send(url, 'GET', `/devices/${deviceId}`, { token: person.token })).body,
    /** Sends a command, letter for letter. */
    command: (deviceId: number, text: string) =>
      send(url, 'PUT', `/devices/${deviceId}/command`, {
        token: person.token,
        headers: { 'content-type': 'application/json' },
        body: text,
      }),
    /** The event WebSocket as the web app opens it: the raw token in the query. */
    listenAsApp: () => openSocket(url, `/userSession/websocket?authToken=${person.token}`),
  };
}

export const eventTopic = ({ id }: { id: number }) => `/devices/${id}/event`;
export const commandTopic = ({ id }: { id: number }) => `/devices/${id}/command`;
export const kvTopic = ({ id }: { id: number }) => `/devices/${id}/kv`;

/** What comes next, which must be a message. */
export async function nextMessage(peer: MqttPeer) {
  const packet = await peer.next();
  if (packet.cmd !== 'publish') expect(packet.cmd).toBe('publish');
  const { topic, qos, payload } = packet as Extract<typeof packet, { cmd: 'publish' }>;
  return { topic, qos, text: String(payload) };
}
