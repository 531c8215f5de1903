import { isJsonObject, type Json, type JsonObject } from '../json';

/** The aggregate of a Matter device and its events (lock-api 7). Times in events are milliseconds since 1970. */
export type MatterDeviceEvent =
  | {
      type: 'MatterDeviceCreated';
      data: { deviceId: string; thingName: string; hubId: string; deviceType: string; createdAt: number };
    }
  | {
      type: 'DesiredShadowUpdated';
      data: { deviceId: string; thingName: string; desired: JsonObject; updatedAt: number };
    }
  | {
      type: 'ReportedShadowUpdated';
      data: { deviceId: string; thingName: string; reported: JsonObject; updatedAt: number };
    }
  | { type: 'MatterPinSet'; data: MatterPinPlace & { setAt: number } }
  | { type: 'MatterPinCleared'; data: MatterPinPlace & { clearedAt: number } };

/** Where a PIN is; its digits are in no event. */
type MatterPinPlace = {
  deviceId: string;
  thingName: string;
  userIndex?: number;
  credentialIndex?: number;
};

export interface MatterDeviceState {
  version: number;
}

export type MatterDeviceCommand =
  | { type: 'CreateMatterDevice'; thingName: string; hubId: string; deviceType: string }
  | { type: 'UpdateDesiredShadow'; thingName: string; desired: JsonObject }
  | { type: 'UpdateReportedShadow'; thingName: string; reported: JsonObject }
  | {
      type: 'SetPin' | 'ClearPin';
      thingName: string;
      userIndex: number | undefined;
      credentialIndex: number | undefined;
    };

/** What a command brings about; creating a device that is there brings nothing. */
export function decideMatterDevice(
  deviceId: string,
  state: MatterDeviceState,
  command: MatterDeviceCommand,
  at: Date,
): MatterDeviceEvent[] {
  const now = at.getTime();
  const { thingName } = command;
  switch (command.type) {
    case 'CreateMatterDevice': {
      if (state.version > 0) return [];
      const { hubId, deviceType } = command;
      return [
        { type: 'MatterDeviceCreated', data: { deviceId, thingName, hubId, deviceType, createdAt: now } },
      ];
    }
    case 'UpdateDesiredShadow':
      return [
        {
          type: 'DesiredShadowUpdated',
          data: { deviceId, thingName, desired: command.desired, updatedAt: now },
        },
      ];
    case 'UpdateReportedShadow':
      return [
        {
          type: 'ReportedShadowUpdated',
          data: { deviceId, thingName, reported: command.reported, updatedAt: now },
        },
      ];
    case 'SetPin':
    case 'ClearPin': {
      const { userIndex, credentialIndex } = command;
      const place = {
        deviceId,
        thingName,
        ...(userIndex === undefined ? {} : { userIndex }),
        ...(credentialIndex === undefined ? {} : { credentialIndex }),
      };
      return command.type === 'SetPin'
        ? [{ type: 'MatterPinSet', data: { ...place, setAt: now } }]
        : [{ type: 'MatterPinCleared', data: { ...place, clearedAt: now } }];
    }
  }
}

/** The state after an event. */
export const evolveMatterDevice = (
  state: MatterDeviceState,
  _event: MatterDeviceEvent,
): MatterDeviceState => ({ version: state.version + 1 });

/** Names under which locks of one make or another are told to move, in lower case without separators. */
const moving: ReadonlySet<string> = new Set([
  ...['command', 'commands', 'lock', 'unlock', 'open', 'unlatch', 'unbolt', 'bolt', 'boltstate', 'latch'],
  ...[
    'lockstate',
    'targetlockstate',
    'targetstate',
    'lockcurrentstate',
    'locktargetstate',
    'locked',
    'unlocked',
  ],
  ...['lockaction', 'lockcommand', 'doorlock', 'doorstate'],
  // Whoever sets a code opens the door with it.
  ...['pin', 'pins', 'pincode', 'pincodes', 'credential', 'credentials'],
]);
/** The cluster of door locks, as attribute paths write it. */
const doorLockCluster: ReadonlySet<string> = new Set(['257', '0x101', '0x0101']);

/**
 * Members of a desired state that could move a bolt. A desired state is never a trigger: doors are opened by OpenLock
 * alone, which keeps who did it and lets it expire.
 */
export function movingMembers(desired: JsonObject): string[] {
  const found: string[] = [];
  const open: { path: string; value: Json }[] = [{ path: '', value: desired }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (Array.isArray(next.value)) {
      for (const [index, value] of next.value.entries()) open.push({ path: `${next.path}/${index}`, value });
      continue;
    }
    if (!isJsonObject(next.value)) continue;
    for (const [name, value] of Object.entries(next.value)) {
      const path = next.path === '' ? name : `${next.path}/${name}`;
      const parts = name.toLowerCase().split(/[/.]/);
      const isMoving = parts.some(
        (part) => moving.has(part.replace(/[^a-z0-9]/g, '')) || doorLockCluster.has(part),
      );
      if (isMoving) found.push(path);
      else open.push({ path, value });
    }
  }
  return found.sort();
}
