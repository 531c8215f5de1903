import { z } from 'zod';
import { operation } from './operation';
import {
  absentable,
  absentableId,
  clearableText,
  emptyIsAbsent,
  exactText,
  id,
  idText,
  text,
  timestamp,
} from './values';

/** Whole seconds, as one client parses claim times and nothing else (mode-api 1.6). */
export const wholeSeconds = z.iso.datetime({ precision: 0 });
export const toWholeSeconds = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

/** Device as the wire shows it (mode-api 4). `apiKey` in the answer of on-demand creation alone. */
export const device = z.object({
  id,
  projectId: id,
  name: z.string().optional(),
  tag: z.string().optional(),
  deviceClass: z.string(),
  homeId: id.optional(),
  apiKey: z.string().optional(),
  claimCode: z.string().optional(),
  claimTime: wholeSeconds.optional(),
  claimExpirationTime: wholeSeconds.optional(),
  isConnected: z.boolean(),
  lastConnectTime: timestamp.optional(),
  lastDisconnectTime: timestamp.optional(),
  lastCommandTime: timestamp.optional(),
  lastEventTime: timestamp.optional(),
  creationTime: timestamp,
});
export type Device = z.infer<typeof device>;

/** A command of a device or a module. Numbers in `parameters` reach the receiver as they were written: services use the raw text. */
export const deviceCommand = z.object({
  action: z.string().min(1).max(256),
  parameters: absentable(z.record(z.string(), z.unknown())),
});
/** A device event as it comes in; other members of a full event object are ignored and overwritten (mode-api 1.2). */
export const incomingEvent = z.object({
  eventType: z.string().min(1).max(256),
  eventData: absentable(z.record(z.string(), z.unknown())),
});
/** An event as listeners get it (mode-api 4). */
export const outgoingEvent = z.object({
  eventType: z.string(),
  eventData: z.record(z.string(), z.unknown()),
  timestamp,
  homeId: id,
  originDeviceId: id.optional(),
  originDeviceClass: z.string().optional(),
  originDeviceIp: z.string().optional(),
  originProjectKeyId: z.string().optional(),
  originProjectKeyName: z.string().optional(),
  originModuleId: z.string().optional(),
});
export type OutgoingEvent = z.infer<typeof outgoingEvent>;

const devicePath = z.object({ deviceId: idText });
const formBoolean = z.union([
  z.boolean(),
  z.enum(['true', 'false', '1', '0']).transform((word) => word === 'true' || word === '1'),
  z.literal(1).transform(() => true),
  z.literal(0).transform(() => false),
]);

export const startProvisioning = operation({
  summary: 'Make a one-time token with which new hardware creates its device in this home',
  method: 'POST',
  path: '/homes/{homeId}/deviceProvisioning',
  dialect: 'cloud',
  bodyFormat: 'form',
  params: z.object({ homeId: idText }),
  body: z.object({ deviceClass: text(128), deviceTag: emptyIsAbsent(text(256)) }),
  output: z.object({ token: z.string(), expirationTime: timestamp }),
  status: 200,
  refusals: [400, 403],
});

export const registerDevice = operation({
  summary: 'A device makes itself claimable, or ends that',
  method: 'POST',
  path: '/deviceRegistration',
  dialect: 'cloud',
  bodyFormat: 'form',
  body: z.object({
    deviceId: idText,
    claimable: formBoolean,
    /** Seconds, of which a day's are granted at most; of no meaning where claim mode ends. */
    duration: emptyIsAbsent(z.coerce.number().int()),
  }),
  output: z.object({ claimExpirationTime: wholeSeconds.optional() }),
  status: 200,
  refusals: [400, 403],
});

export const addDevice = operation({
  summary: 'Claim a device by code, or create one with a provisioning token',
  method: 'POST',
  path: '/devices',
  dialect: 'cloud',
  bodyFormat: 'form',
  body: z.object({
    homeId: absentableId,
    claimCode: absentable(z.string().max(128)),
    token: absentable(z.string().max(512)),
    deviceClass: emptyIsAbsent(z.string().max(128)),
    deviceTag: emptyIsAbsent(z.string().max(256)),
  }),
  output: device,
  status: 201,
  refusals: [400, 403, 429],
});

export const listDevices = operation({
  summary: 'Devices of a home',
  method: 'GET',
  path: '/devices',
  dialect: 'cloud',
  query: z.object({ homeId: idText }),
  output: z.array(device),
  status: 200,
  refusals: [403],
});

export const getDevice = operation({
  summary: 'One device',
  method: 'GET',
  path: '/devices/{deviceId}',
  dialect: 'cloud',
  params: devicePath,
  output: device,
  status: 200,
  refusals: [403, 404],
});

export const updateDevice = operation({
  summary: 'Rename or tag a device; an administrator also moves it',
  method: 'PATCH',
  path: '/devices/{deviceId}',
  dialect: 'cloud',
  params: devicePath,
  body: z.object({ name: clearableText(120), tag: clearableText(256), homeId: absentableId }),
  status: 204,
  refusals: [400, 403, 404],
});

export const deleteDevice = operation({
  summary: 'Take a device out of its home',
  method: 'DELETE',
  path: '/devices/{deviceId}',
  dialect: 'cloud',
  params: devicePath,
  status: 204,
  refusals: [403, 404],
});

export const commandDevice = operation({
  summary: 'Send a command to a device',
  method: 'PUT',
  path: '/devices/{deviceId}/command',
  dialect: 'cloud',
  params: devicePath,
  body: deviceCommand,
  status: 204,
  refusals: [400, 403, 404, 429],
});

/** The WebSocket itself is served by the gateway; a plain GET is told so (mode-api 6.1). */
export const listenToCommands = operation({
  summary: 'WebSocket of a device: its commands',
  method: 'GET',
  path: '/devices/{deviceId}/command',
  dialect: 'cloud',
  params: devicePath,
  status: 204,
  refusals: [400, 403, 404],
});

export const sendDeviceEvent = operation({
  summary: 'A device tells an event',
  method: 'PUT',
  path: '/devices/{deviceId}/event',
  dialect: 'cloud',
  params: devicePath,
  body: incomingEvent,
  status: 204,
  refusals: [400, 403, 404, 429],
  provesDevice: true,
});

export const sendHomeEvent = operation({
  summary: 'A project key tells an event of a home',
  method: 'PUT',
  path: '/homes/{homeId}/event',
  dialect: 'cloud',
  params: z.object({ homeId: idText }),
  body: incomingEvent,
  status: 204,
  refusals: [400, 403, 404, 429],
});

const eventQuery = z.object({
  after: z.string().max(200).optional(),
  type: exactText(256).optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
});
const eventPage = z.object({
  items: z.array(outgoingEvent.extend({ id: z.string() })),
  next: z.string().nullable(),
});

export const listHomeEvents = operation({
  summary: 'Events of a home, newest first',
  method: 'GET',
  path: '/homes/{homeId}/events',
  dialect: 'cloud',
  params: z.object({ homeId: idText }),
  query: eventQuery,
  output: eventPage,
  status: 200,
  refusals: [403, 404],
});

export const listDeviceEvents = operation({
  summary: 'Events of a device, newest first',
  method: 'GET',
  path: '/devices/{deviceId}/events',
  dialect: 'cloud',
  params: devicePath,
  query: eventQuery,
  output: eventPage,
  status: 200,
  refusals: [403, 404],
});
