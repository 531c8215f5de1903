import { z } from 'zod';
import { operation } from './operation';
import { idText, timestamp } from './values';

/** Letters, digits, `_`, `-`; first and last alphanumeric (mode-api 1.6); at most 128 characters. */
export const kvKey = z
  .string()
  .regex(
    /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,126}[A-Za-z0-9])?$/,
    'must be letters, digits, _ and -, at most 128, first and last alphanumeric',
  );

/** Number, string, boolean, array or object; stored and returned unchanged. `rawJson` marks text that is already JSON. */
export const keyValuePair = z.object({ key: z.string(), value: z.unknown(), modificationTime: timestamp });
export type KeyValuePair = z.infer<typeof keyValuePair>;

const prefix = z.object({ keyPrefix: z.string().max(128).optional() });
/** The value is read from the raw body by the service, so that 64-bit integers survive (mode-api 1.6). */
const put = z.object({ value: z.unknown() });

const homePath = z.object({ homeId: idText });
const homeKeyPath = z.object({ homeId: idText, key: z.string() });
const devicePath = z.object({ deviceId: idText });
const deviceKeyPath = z.object({ deviceId: idText, key: z.string() });
const shared = { dialect: 'cloud' } as const;

export const listHomeValues = operation({
  ...shared,
  summary: 'Key-value pairs of a home, sorted by key',
  method: 'GET',
  path: '/homes/{homeId}/kv',
  params: homePath,
  query: prefix,
  output: z.array(keyValuePair),
  status: 200,
  refusals: [403],
});
export const getHomeValue = operation({
  ...shared,
  summary: 'One key-value pair of a home',
  method: 'GET',
  path: '/homes/{homeId}/kv/{key}',
  params: homeKeyPath,
  output: keyValuePair,
  status: 200,
  refusals: [403, 404],
});
export const putHomeValue = operation({
  ...shared,
  summary: 'Save a key-value pair of a home',
  method: 'PUT',
  path: '/homes/{homeId}/kv/{key}',
  params: homeKeyPath,
  body: put,
  status: 204,
  refusals: [400, 403, 404],
});
export const deleteHomeValue = operation({
  ...shared,
  summary: 'Delete a key-value pair of a home',
  method: 'DELETE',
  path: '/homes/{homeId}/kv/{key}',
  params: homeKeyPath,
  status: 204,
  refusals: [403, 404],
});
export const listDeviceValues = operation({
  ...shared,
  summary: 'Key-value pairs of a device, sorted by key',
  method: 'GET',
  path: '/devices/{deviceId}/kv',
  params: devicePath,
  query: prefix,
  output: z.array(keyValuePair),
  status: 200,
  refusals: [403],
});
export const getDeviceValue = operation({
  ...shared,
  summary: 'One key-value pair of a device',
  method: 'GET',
  path: '/devices/{deviceId}/kv/{key}',
  params: deviceKeyPath,
  output: keyValuePair,
  status: 200,
  refusals: [403, 404],
});
export const putDeviceValue = operation({
  ...shared,
  summary: 'Save a key-value pair of a device',
  method: 'PUT',
  path: '/devices/{deviceId}/kv/{key}',
  params: deviceKeyPath,
  body: put,
  status: 204,
  refusals: [400, 403, 404],
});
export const deleteDeviceValue = operation({
  ...shared,
  summary: 'Delete a key-value pair of a device',
  method: 'DELETE',
  path: '/devices/{deviceId}/kv/{key}',
  params: deviceKeyPath,
  status: 204,
  refusals: [403, 404],
});
