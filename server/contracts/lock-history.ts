import { z } from 'zod';
import { lockOperation } from './lock-operation';
import { boltState, doorState, lockPath } from './locks';
import { operation } from './operation';
import { dayOrInstant, id, timestamp } from './values';

export const batteryLevel = z.enum(['ok', 'low', 'critical']);

export const historyKinds = ['bolt', 'door', 'battery', 'operation', 'alarm', 'reachability'] as const;
export type HistoryKind = (typeof historyKinds)[number];

const place = { id: z.string(), /** When it was reported. */ at: timestamp };

/** One change that a lock reported. */
export const historyEntry = z.discriminatedUnion('kind', [
  z.object({ ...place, kind: z.literal('bolt'), bolt: boltState }),
  z.object({ ...place, kind: z.literal('door'), door: doorState }),
  z.object({
    ...place,
    kind: z.literal('battery'),
    percent: z.number().nullable(),
    level: batteryLevel,
  }),
  lockOperation.extend({ ...place, kind: z.literal('operation') }),
  /** Null: the alarm is over. */
  z.object({ ...place, kind: z.literal('alarm'), alarm: z.string().nullable() }),
  z.object({ ...place, kind: z.literal('reachability'), reachable: z.boolean() }),
]);
export type HistoryEntry = z.infer<typeof historyEntry>;

export const lockHistory = operation({
  summary: 'What a lock reported of its bolt, door, battery and alarms, change by change, newest first',
  method: 'GET',
  path: '/locks/{id}/history',
  dialect: 'lock',
  params: lockPath,
  query: z.object({
    kind: z.enum(historyKinds).optional(),
    /** First day of the home's calendar, or the instant itself. */
    from: dayOrInstant.optional(),
    /** Last day, which is within; or the first instant that is not. */
    until: dayOrInstant.optional(),
    after: z.string().max(200).optional(),
  }),
  output: z.object({ items: z.array(historyEntry), next: z.string().nullable() }),
  status: 200,
  refusals: [400, 403, 404],
});

/** What locks can do that pages speak of. */
export const lockFeatures = ['unbolt', 'doorPosition', 'battery', 'pin', 'pinRequired'] as const;
export const lockFeature = z.enum(lockFeatures);
export type LockFeature = (typeof lockFeatures)[number];

/** What came of the checks of a lock's certificate when it was paired. */
export const attestation = z.enum(['verified', 'not-verified', 'test-certificate', 'refused']);
export type Attestation = z.infer<typeof attestation>;

/** What a lock tells of itself beside its state; absent members were never told. */
export const lockFacts = z.object({
  features: z.array(lockFeature).optional(),
  attestation: attestation.optional(),
  /** What it raises the alarm for now. */
  alarm: z.string().optional(),
});

export type LockFacts = z.infer<typeof lockFacts>;

/** A time that the door stood open. */
export const openTime = z.object({
  from: timestamp,
  /** Absent: it stands open still. */
  until: timestamp.optional(),
  /** Whether the lock was out of reach meanwhile, so that it may have been closed and opened again. */
  isUnsure: z.boolean(),
});
export type OpenTime = z.infer<typeof openTime>;

/** How battery and door of a lock went over some days (ours). */
export const lockCondition = z.object({
  lockId: id,
  /** The days that it covers end now. */
  from: timestamp,
  to: timestamp,
  battery: z.object({
    now: z.object({ percent: z.number().nullable(), level: batteryLevel }).optional(),
    /** The charge at the end of each day of the home, oldest first; days before anything was told are left out. */
    perDay: z.array(z.object({ at: timestamp, percent: z.number() })),
    /** About so many days until it is empty; absent where the past does not say. */
    daysLeft: z.number().int().optional(),
    /** When it was last charged or changed within the time. */
    renewedAt: timestamp.optional(),
  }),
  door: z.object({
    /** `unknown` where the lock has no contact, or is out of reach. */
    now: doorState,
    since: timestamp.optional(),
    count: z.number().int(),
    /** The newest ones, newest first. */
    newest: z.array(openTime),
    longest: openTime.optional(),
  }),
});
export type LockCondition = z.infer<typeof lockCondition>;

export const getLockCondition = operation({
  summary: 'How the battery of a lock went and when its door stood open, over ninety days',
  method: 'GET',
  path: '/locks/{id}/condition',
  dialect: 'lock',
  params: lockPath,
  output: lockCondition,
  status: 200,
  refusals: [400, 403, 404],
});
