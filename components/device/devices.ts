import type { Device, OutgoingEvent } from '@/server/contracts/devices';
import type { LiveMessage } from '@/server/contracts/realtime';

/** What a device is called: its name, else its tag; undefined: neither, so its number must do. */
export const calledOf = ({ name, tag }: Device): string | undefined => name ?? tag;

/** A device as an event of its own leaves it. */
export function withEvent(device: Device, event: OutgoingEvent): Device {
  if (event.eventType === '_deviceConnected_')
    return { ...device, isConnected: true, lastConnectTime: event.timestamp };
  if (event.eventType === '_deviceDisconnected_')
    return { ...device, isConnected: false, lastDisconnectTime: event.timestamp };
  if (event.eventType.startsWith('_')) return device;
  return { ...device, lastEventTime: event.timestamp };
}

/** What a message of the home's log means for the list of its devices: new data, a new load, or nothing. */
export function onListMessage(message: LiveMessage): boolean | ((known: Device[]) => Device[]) {
  if (message.topic === 'presence' || message.topic === 'member' || message.topic === 'home') return true;
  if (message.topic !== 'event') return false;
  const event = message.payload as OutgoingEvent;
  if (event.originDeviceId === undefined) return false;
  return (known) =>
    known.map((device) => (device.id === event.originDeviceId ? withEvent(device, event) : device));
}

export interface DeviceFilter {
  search: string;
  deviceClass: string;
  state: 'all' | 'connected' | 'away';
}

/** The devices that a search and filters leave, those that are connected first, then by name. */
export function filterDevices(
  devices: readonly Device[],
  { search, deviceClass, state }: DeviceFilter,
): Device[] {
  const wanted = search.trim().toLowerCase();
  return devices
    .filter(
      (device) =>
        (deviceClass === '' || device.deviceClass === deviceClass) &&
        (state === 'all' || device.isConnected === (state === 'connected')) &&
        (wanted === '' ||
          [device.name, device.tag, device.deviceClass, String(device.id)].some((words) =>
            words?.toLowerCase().includes(wanted),
          )),
    )
    .sort(
      (one, other) =>
        Number(other.isConnected) - Number(one.isConnected) ||
        compareNames(sortingNameOf(one), sortingNameOf(other)) ||
        one.id - other.id,
    );
}

const sortingNameOf = (device: Device): string => calledOf(device)?.toLowerCase() ?? '\uffff';
const compareNames = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);
