import { randomUUID } from 'node:crypto';
import { afterAll, inject } from 'vitest';
import { busOver, type DeviceMessage, type Revocation } from '../bus/bus';
import type { HomeEvent } from '../event-store/outbox';
import { connectMqtt } from '../mqtt/client';
import { secretsFrom } from '../services/secrets';
import { until } from './until';

/** The bus of the running system, as one of its own services has it. */
export async function joinBus() {
  const connection = connectMqtt(
    {
      url: inject('mqttUrl'),
      clientId: `svc:listener:${randomUUID().slice(0, 8)}`,
      username: 'svc:listener',
      password: secretsFrom(inject('secretsKey')).servicePassword('listener'),
    },
    () => {},
  );
  await connection.ready();
  return { bus: busOver(connection), end: () => connection.end() };
}

/** What the bus of the running system carried since: messages to devices, lines of homes and revocations. */
export async function listenToBus() {
  const { bus, end } = await joinBus();
  afterAll(end);
  const messages: DeviceMessage[] = [];
  const lines: HomeEvent[] = [];
  const revocations: Revocation[] = [];
  await bus.onDeviceMessage((message) => messages.push(message));
  // A line may be heard twice; its position makes it one.
  const heard = new Set<string>();
  await bus.onHomeEvent((line) => {
    const place = `${line.homeId} ${line.position}`;
    if (heard.has(place)) return;
    heard.add(place);
    lines.push(line);
  });
  await bus.onRevocation((what) => revocations.push(what));
  return {
    revocations,
    lines,
    /** Bodies that a device was told on a channel, in order, once there are `count` of them. */
    bodies: (deviceId: number, channel: DeviceMessage['channel'], count: number): Promise<string[]> =>
      until(async () => {
        const told = messages.filter((one) => one.deviceId === deviceId && one.channel === channel);
        return told.length >= count && told.map(({ body }) => body);
      }),
    /** JSON texts of the events that a home's apps are told, by position, once there are `count` of them. */
    events: (homeId: number, count: number): Promise<string[]> =>
      until(async () => {
        const told = lines.filter((line) => line.homeId === homeId && line.topic === 'event');
        return (
          told.length >= count &&
          told
            .sort((one, other) => one.position - other.position)
            .map(({ body, payload }) => body ?? JSON.stringify(payload))
        );
      }),
  };
}
export type BusListener = Awaited<ReturnType<typeof listenToBus>>;
