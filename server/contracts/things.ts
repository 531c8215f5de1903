import { z } from 'zod';
import { hubPath } from './hubs';
import { lockPath } from './locks';
import { operation } from './operation';
import { idText } from './values';

const name = (longest: number) =>
  z
    .string()
    .regex(new RegExp(`^[a-zA-Z0-9:_-]{1,${longest}}$`), `must be 1 to ${longest} of a-z A-Z 0-9 : _ -`);

const thingPath = z.object({ thing: name(128) });
/** Without a name it is the classic shadow that is meant. */
const shadowQuery = z.object({ name: name(64).optional() });
/** Documents are those of MQTT (device-shadow 2). */
const shadowDocument = z.record(z.string(), z.unknown());
const common = {
  path: '/things/{thing}/shadow',
  dialect: 'data-plane',
  params: thingPath,
  query: shadowQuery,
} as const;

export const getThingShadow = operation({
  ...common,
  summary: 'A shadow of a thing, as its get/accepted says it',
  method: 'GET',
  output: shadowDocument,
  status: 200,
  refusals: [400, 403, 404, 429],
});

export const updateThingShadow = operation({
  ...common,
  summary: 'Update a shadow; delta and documents go out by MQTT as well',
  method: 'POST',
  body: z.object({
    state: z.object({ desired: z.unknown(), reported: z.unknown() }).partial().nullable(),
    version: z.number().int().nullable().optional(),
    clientToken: z.string().optional(),
  }),
  bodyFormat: 'raw',
  output: shadowDocument,
  status: 200,
  refusals: [400, 403, 404, 409, 413, 415, 429],
});

export const deleteThingShadow = operation({
  ...common,
  summary: 'Delete a shadow; its version lives on',
  method: 'DELETE',
  output: shadowDocument,
  status: 200,
  refusals: [400, 403, 404, 429],
});

export const listNamedShadows = operation({
  summary: 'Names of the named shadows of a thing, in order',
  method: 'GET',
  path: '/api/things/shadow/ListNamedShadowsForThing/{thing}',
  dialect: 'data-plane',
  params: thingPath,
  query: z.object({
    pageSize: z
      .string()
      .regex(/^\d{1,3}$/, 'must be a number from 1 to 100')
      .transform(Number)
      .refine((size) => size >= 1 && size <= 100, 'must be a number from 1 to 100')
      .optional(),
    nextToken: z.string().min(1).max(200).optional(),
  }),
  output: z.object({
    results: z.array(z.string()),
    nextToken: z.string().optional(),
    /** Seconds. */
    timestamp: z.number().int(),
  }),
  status: 200,
  refusals: [400, 403],
});

/** A classic shadow for a person's eyes: no metadata, and `•••` where a secret stands. `version` null: there is none yet. */
const shownShadow = z.object({
  thing: z.string(),
  version: z.number().int().nullable(),
  /** Seconds. */
  timestamp: z.number().int(),
  desired: shadowDocument,
  reported: shadowDocument,
  delta: shadowDocument,
});
export type ShownShadow = z.infer<typeof shownShadow>;

export const getDeviceShadow = operation({
  summary: 'What is wanted of a device and what it says, without secrets',
  method: 'GET',
  path: '/devices/{deviceId}/shadow',
  dialect: 'cloud',
  params: z.object({ deviceId: idText }),
  output: shownShadow,
  status: 200,
  refusals: [403, 404, 429],
});

export const getLockShadow = operation({
  summary: 'The shadow of a lock for the owners of its home, without secrets',
  method: 'GET',
  path: '/locks/{id}/shadow',
  dialect: 'lock',
  params: lockPath,
  output: shownShadow,
  status: 200,
  refusals: [400, 403, 404, 429],
});

export const getHubShadow = operation({
  summary: 'The shadow of a hub for the owners of its home, without secrets',
  method: 'GET',
  path: '/hubs/{id}/shadow',
  dialect: 'lock',
  params: hubPath,
  output: shownShadow,
  status: 200,
  refusals: [400, 403, 404, 429],
});
