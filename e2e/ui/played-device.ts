import mqtt from 'mqtt';
import type { StartedSystem } from '../started-system';

/** A device on the wire, played by a test. */
export interface PlayedDevice {
  /** Commands as they arrived, letter for letter. */
  readonly commands: readonly string[];
  end(): Promise<void>;
}

interface Keyed {
  id: number;
  apiKey: string;
}

/** Connects a device by MQTT and listens to its commands. */
export async function connectDevice(system: StartedSystem, device: Keyed): Promise<PlayedDevice> {
  const client = await mqtt.connectAsync(system.mqttUrl, {
    username: String(device.id),
    password: device.apiKey,
    clientId: '',
    clean: true,
    protocolVersion: 4,
    reconnectPeriod: 0,
  });
  const commands: string[] = [];
  client.on('message', (_topic, payload) => commands.push(payload.toString()));
  await client.subscribeAsync(`/devices/${device.id}/command`, { qos: 1 });
  return { commands, end: () => client.endAsync(true) };
}

/** A call with the device's own key; throws unless it was taken. `body` is JSON text, or form fields. */
export async function asDevice(
  system: StartedSystem,
  device: Keyed,
  method: 'PUT' | 'POST',
  path: string,
  body: string | URLSearchParams,
): Promise<void> {
  const response = await fetch(`${system.url}${path}`, {
    method,
    headers: {
      authorization: `ModeCloud ${device.apiKey}`,
      ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
    },
    body,
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
}

/** The device tells an event; `eventData` is JSON text, so that a test can say digits that JavaScript has not. */
export const tellEvent = (
  system: StartedSystem,
  device: Keyed,
  eventType: string,
  eventData: string,
): Promise<void> =>
  asDevice(
    system,
    device,
    'PUT',
    `/devices/${device.id}/event`,
    `{"eventType":${JSON.stringify(eventType)},"eventData":${eventData}}`,
  );
