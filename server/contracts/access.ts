import { z } from 'zod';
import { lockPath } from './locks';
import { operation } from './operation';
import { absentable, id, idText, text, timestamp } from './values';
import { windowChanges, windowFields, windowView } from './windows';

const note = text(500);
const grantPath = lockPath.extend({ grantId: z.uuid() });

/** Where a right stands: open now, or why not. */
export const standingState = z.enum([
  'open',
  'outside-window',
  'expired',
  'not-yet-valid',
  'used-up',
  'revoked',
]);

/** A right to open one door, given to a member of its home (ours). */
export const grantView = windowView.extend({
  id: z.string(),
  lockId: id,
  userId: id,
  name: z.string(),
  note: z.string().optional(),
  state: standingState,
  /** When it pauses or ends by itself, while it is open. */
  openUntil: timestamp.optional(),
  /** When it opens by itself, while it is not open. */
  nextOpening: timestamp.optional(),
  grantedBy: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  createdAt: timestamp,
});
export type GrantView = z.infer<typeof grantView>;

export const listGrants = operation({
  summary: 'Who was given a right to open a door',
  method: 'GET',
  path: '/locks/{id}/grants',
  dialect: 'lock',
  params: lockPath,
  output: z.object({ items: z.array(grantView), next: z.string().nullable() }),
  status: 200,
  refusals: [400, 403, 404],
});

export const createGrant = operation({
  summary: 'Give a member of the home a right to open a door',
  method: 'POST',
  path: '/locks/{id}/grants',
  dialect: 'lock',
  params: lockPath,
  body: z.object({ userId: idText, ...windowFields, note: absentable(note) }),
  output: grantView,
  status: 201,
  refusals: [400, 403, 404],
});

export const updateGrant = operation({
  summary: 'Change when a grant counts; null takes a limit away',
  method: 'PATCH',
  path: '/locks/{id}/grants/{grantId}',
  dialect: 'lock',
  params: grantPath,
  body: z.object({ ...windowChanges, note: note.nullable().optional() }),
  output: grantView,
  status: 200,
  refusals: [400, 403, 404],
});

export const deleteGrant = operation({
  summary: 'Take a grant away',
  method: 'DELETE',
  path: '/locks/{id}/grants/{grantId}',
  dialect: 'lock',
  params: grantPath,
  status: 204,
  refusals: [400, 403, 404],
});

/** One line of the answer to "who can open this door". */
export const accessLine = z.object({
  kind: z.enum(['member', 'lock-owner', 'key-holder', 'grant', 'link', 'pin', 'organisation']),
  id: z.string(),
  name: z.string(),
  /** Whom a grant was given to. */
  userId: id.optional(),
  role: z.enum(['owner', 'member', 'guest']).optional(),
  allowed: z.boolean(),
  reason: z.string(),
  window: windowView.optional(),
  uses: z.object({ used: z.number().int(), most: z.number().int().nullable() }).optional(),
  until: timestamp.optional(),
  next: timestamp.optional(),
});
export type AccessLine = z.infer<typeof accessLine>;

export const whoCanOpen = operation({
  summary: 'Who can open a door at a time, and why',
  method: 'GET',
  path: '/locks/{id}/who-can-open',
  dialect: 'lock',
  params: lockPath,
  query: z.object({
    at: z.iso
      .datetime({ offset: true, error: 'must be a point in time, for example 2026-05-01T12:00:00Z' })
      .transform((moment) => new Date(moment))
      .optional(),
  }),
  output: z.object({
    at: timestamp,
    timezone: z.string(),
    /** The home has no time zone of its own: windows are judged in UTC. */
    isTimezoneAssumed: z.boolean(),
    items: z.array(accessLine),
    next: z.string().nullable(),
  }),
  status: 200,
  refusals: [400, 403, 404],
});
