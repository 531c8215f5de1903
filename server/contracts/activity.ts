import { z } from 'zod';
import { lockOperation, operationSource } from './lock-operation';
import { lockPath, openingView } from './locks';
import { operation } from './operation';
import { dayOrInstant, exactText, id, idText, timestamp } from './values';

export const refusalCause = z.enum([
  'no-right',
  'outside-window',
  'wrong-pin',
  'no-passkey',
  'limited',
  'revoked',
  'used-up',
]);
export type RefusalCause = z.infer<typeof refusalCause>;

/** Somebody asked for a door and was turned away. */
export const refusalView = z.object({
  id: z.string(),
  lockId: id,
  who: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  via: z.enum(['api', 'page', 'admin', 'link', 'pin']),
  cause: refusalCause,
  requestId: z.string().optional(),
  createdAt: timestamp,
});
export type RefusalView = z.infer<typeof refusalView>;

const place = {
  lockName: z.string(),
  /** Network address that it came from; owners alone are told. */
  address: z.string().optional(),
};

/** What a member of staff did at a home, or to somebody of it, and why; owners and members are told. */
export const staffDeedView = z.object({
  kind: z.literal('staff'),
  id: z.string(),
  who: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  /** `noun.verb` */
  action: z.string(),
  reason: z.string().optional(),
  /** The door it was about, where it was one. */
  lockName: z.string().optional(),
  createdAt: timestamp,
});
export type StaffDeedView = z.infer<typeof staffDeedView>;

const ofLock = { id: z.string(), lockId: id, lockName: z.string(), createdAt: timestamp };

/** A bolt that was moved without a request of ours: by hand, at the keypad, by the lock itself, from elsewhere. */
export const operationView = lockOperation.extend({ kind: z.literal('operation'), ...ofLock });
/** What a lock raised the alarm for: `LOCK_JAMMED`, `DOOR_AJAR` (left open), `DOOR_FORCED`, or a word of its own. */
export const alarmView = z.object({ kind: z.literal('alarm'), ...ofLock, alarm: z.string() });

/** One line of the activity: an opening and what came of it, a refusal, what staff did, or what the lock told. */
export const activityEntry = z.discriminatedUnion('kind', [
  operationView,
  alarmView,
  openingView.extend({ kind: z.literal('opening'), ...place }),
  refusalView.extend({ kind: z.literal('refusal'), ...place }),
  staffDeedView,
]);
export type ActivityEntry = z.infer<typeof activityEntry>;

export const activityOutcome = z.enum([
  'opened',
  'late',
  'failed',
  'unconfirmed',
  'withdrawn',
  'running',
  'refused',
  'support',
  'operated',
  'alarm',
]);
export type ActivityOutcome = z.infer<typeof activityOutcome>;

const homePath = z.object({ homeId: idText });

const filters = {
  /** `kind:id` of who asked, as `who` of an entry has them. */
  who: exactText(200)
    .regex(/^[a-zA-Z]+:/, 'must be kind:id')
    .optional(),
  outcome: activityOutcome.optional(),
  /** How it was asked, or what moved the bolt where nobody asked. */
  via: z.enum(['api', 'page', 'admin', 'link', 'pin', ...operationSource.options]).optional(),
  /** First day, or the instant itself. */
  from: dayOrInstant.optional(),
  /** Last day, which is within; or the first instant that is not. */
  until: dayOrInstant.optional(),
  after: z.string().max(200).optional(),
};

const page = z.object({ items: z.array(activityEntry), next: z.string().nullable() });

export const lockActivity = operation({
  summary:
    'Who asked for a door and what came of it, refusals included, newest first; guests see what they did',
  method: 'GET',
  path: '/locks/{id}/activity',
  dialect: 'lock',
  params: lockPath,
  query: z.object(filters),
  output: page,
  status: 200,
  refusals: [400, 403, 404],
});

export const homeActivity = operation({
  summary: 'The activity of all doors of a home, newest first; guests see what they did',
  method: 'GET',
  path: '/homes/{homeId}/activity',
  dialect: 'cloud',
  params: homePath,
  query: z.object({ ...filters, lockId: idText.optional() }),
  output: page,
  status: 200,
  refusals: [403, 404],
});
