import { z } from 'zod';
import { absentable } from './values';

/** Days of a window, Monday first. */
export const weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);

/** A time of day in the home's time zone. */
export const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, HH:MM');
const weekdays = z
  .array(weekday)
  .min(1)
  .max(7)
  .refine((days) => new Set(days).size === days.length, 'must not name a day twice');
/** RFC 3339 with any offset. */
const instant = z.iso.datetime({
  offset: true,
  error: 'must be a point in time, for example 2026-05-01T12:00:00Z',
});
const moment = instant.transform((text) => new Date(text));

/** Parts of a window in a body; `from` and `until` are times of day in the home's time zone. */
export const windowFields = {
  validFrom: absentable(moment),
  validUntil: absentable(moment),
  weekdays: absentable(weekdays),
  from: absentable(clock),
  until: absentable(clock),
};

/** The same in a change: absent leaves a part as it is, null takes it away. */
export const windowChanges = {
  validFrom: moment.nullable().optional(),
  validUntil: moment.nullable().optional(),
  weekdays: weekdays.nullable().optional(),
  from: clock.nullable().optional(),
  until: clock.nullable().optional(),
};
export const requiredMoment = moment;

/** A window as it is shown: absent parts are no limit. */
export const windowView = z.object({
  validFrom: z.string().optional(),
  validUntil: z.string().optional(),
  weekdays: z.array(weekday).optional(),
  from: z.string().optional(),
  until: z.string().optional(),
});
