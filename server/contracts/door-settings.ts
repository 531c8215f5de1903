import { z } from 'zod';
import { lockFacts } from './lock-history';
import { doorReport, gesture, lockPath } from './locks';
import { operation } from './operation';
import { clock } from './windows';

/** A stricter gesture between two times of day in the home's zone; an end before the start is on the next day. */
export const nightRule = z.object({ gesture, from: clock, until: clock });
export type NightRule = z.infer<typeof nightRule>;

/** What is set at a door, and what is known of the lock in it (ours). */
export const doorSettings = doorReport.extend({
  ...lockFacts.shape,
  uuid: z.string(),
  name: z.string(),
  gesture,
  night: nightRule.nullable(),
  /** The stricter gesture of whoever is not known to be at home. */
  remote: gesture.nullable(),
  /** Whether the caller has it among the favourites. */
  favourite: z.boolean(),
  serialNumber: z.string().optional(),
  vendorName: z.string().optional(),
  hub: z.object({ id: z.string(), serial: z.string().optional() }).optional(),
  /** Number of events in the lock's history. */
  version: z.number().int(),
  /** Name by which the lock signs in over MQTT. */
  thing: z.string(),
  /** As the lock last reported it. */
  firmware: z.string().optional(),
});
export type DoorSettings = z.infer<typeof doorSettings>;

export const getDoorSettings = operation({
  summary: 'What is set at a door, and what is known of its lock',
  method: 'GET',
  path: '/locks/{id}/settings',
  dialect: 'lock',
  params: lockPath,
  output: doorSettings,
  status: 200,
  refusals: [400, 403, 404],
});

const figures = z.object({
  /** Half of the openings were at least this fast, milliseconds. */
  p50Ms: z.number(),
  p95Ms: z.number(),
});

/** How long a door takes to open, from the openings that it confirmed (ours). */
export const doorLatency = z.object({
  /** How many days the figures cover. */
  days: z.number().int(),
  count: z.number().int(),
  /** From the request to the bolt reported open; absent: nothing was confirmed. */
  asked: figures.optional(),
  /** From the moment at which the cloud had handed it over. */
  sent: figures.optional(),
  /** From handed over to confirmed, by days of the home, oldest first; days without an opening are left out. */
  perDay: z.array(figures.extend({ day: z.string(), count: z.number().int() })),
  /** The last days are clearly slower than those before: half of the openings took at least this long. */
  slower: z.object({ recentMs: z.number(), beforeMs: z.number(), recentDays: z.number().int() }).optional(),
});
export type DoorLatency = z.infer<typeof doorLatency>;

export const getDoorLatency = operation({
  summary: 'How long a door took to open over thirty days',
  method: 'GET',
  path: '/locks/{id}/latency',
  dialect: 'lock',
  params: lockPath,
  output: doorLatency,
  status: 200,
  refusals: [400, 403, 404],
});

export const addFavourite = operation({
  summary: "Put a door among the caller's favourites",
  method: 'PUT',
  path: '/locks/{id}/favourite',
  dialect: 'lock',
  params: lockPath,
  status: 204,
  refusals: [400, 403, 404],
});

export const removeFavourite = operation({
  summary: "Take a door from the caller's favourites",
  method: 'DELETE',
  path: '/locks/{id}/favourite',
  dialect: 'lock',
  params: lockPath,
  status: 204,
  refusals: [400, 403, 404],
});
