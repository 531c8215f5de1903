import { z } from 'zod';
import { operation } from './operation';
import { idText, timestamp } from './values';

const count = z.number().int().nonnegative();

/** Openings by what came of them; `running`: nothing yet, or nobody knows. Refusals were never placed. */
const outcomes = z.object({
  confirmed: count,
  failed: count,
  expired: count,
  running: count,
  refused: count,
});
/** Of so many openings that a lock confirmed, from sent to confirmed. */
const latency = z.object({ count, p50Ms: z.number(), p95Ms: z.number() });
const sent = z.object({ count, failed: count });

const figures = z.object({
  openings: outcomes,
  /** Absent: no door confirmed an opening of its own. */
  latency: latency.optional(),
  deviceEvents: count,
  /** What was to be sent, and what of it was given up. */
  messages: z.object({ mail: sent, sms: sent, push: sent, webhook: sent }),
});
export type FleetFigures = z.infer<typeof figures>;

/** A piece of the time: an hour, or a day of the calendar, which has 23 or 25 of them when the clocks change. */
const bucket = figures.extend({ from: timestamp, to: timestamp });
export type FleetBucket = z.infer<typeof bucket>;

const reach = z.object({ connected: count, total: count });

/** Figures of all homes of some projects over a time. */
export const fleet = z.object({
  by: z.enum(['day', 'hour']),
  timezone: z.string(),
  /** The time that is counted: from the start of the first piece to the end of the last. */
  from: timestamp,
  to: timestamp,
  /** Who can be reached at this moment. */
  now: z.object({ devices: reach, locks: reach, hubs: reach }),
  total: figures,
  /** Oldest first, none left out. */
  buckets: z.array(bucket),
});
export type Fleet = z.infer<typeof fleet>;

/** A moment of times in which there was something to count. */
const moment = z.iso
  .datetime({ offset: true })
  .refine((at) => at >= '2000' && at < '2200', 'must be in the years 2000 to 2199');

const timezone = z
  .string()
  .max(64)
  .refine((zone) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined && /^[A-Za-z]/.test(zone);
    } catch {
      return false;
    }
  }, 'must be an IANA time zone, for example Europe/Oslo');

export const showFleet = operation({
  summary: 'Openings, events and messages of the projects that a member of staff works for, by hour or day',
  method: 'GET',
  path: '/staff/fleet',
  dialect: 'cloud',
  query: z.object({
    /** One project; absent: all that the account works for. */
    project: idText.optional(),
    from: moment,
    /** The first moment that is not asked for; 62 days after `from` at most by day, seven by hour. */
    to: moment,
    by: z.enum(['day', 'hour']).default('day'),
    /** Whose days; hours are cut where theirs begin. */
    timezone: timezone.default('UTC'),
  }),
  output: fleet,
  status: 200,
  refusals: [403, 404],
});
