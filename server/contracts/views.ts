import { z } from 'zod';
import { reason } from './console-actions';
import { viewMinutesLeast, viewMinutesMost } from './console-words';
import { operation } from './operation';
import { idText, timestamp } from './values';

/** A look at a person's pages by staff: asked for, granted for minutes, ended. Ours. */
export const homeView = z.object({
  id: z.uuid(),
  homeId: z.number().int(),
  /** Who asked. */
  staffName: z.string(),
  reason: z.string(),
  minutes: z.number().int(),
  status: z.enum(['asked', 'granted', 'refused', 'ended', 'expired']),
  askedAt: timestamp,
  decidedAt: timestamp.optional(),
  /** An unanswered request, or the look, is over at this time. */
  expiresAt: timestamp,
  endedAt: timestamp.optional(),
});
export type HomeView = z.infer<typeof homeView>;
const views = z.object({ items: z.array(homeView) });

const homePath = z.object({ homeId: idText });
const viewPath = z.object({ homeId: idText, viewId: z.uuid() });

export const listViews = operation({
  summary: 'Looks that staff asked for at this home, newest first',
  method: 'GET',
  path: '/homes/{homeId}/views',
  dialect: 'cloud',
  params: homePath,
  output: views,
  status: 200,
  refusals: [403],
});

/** Looks that are open at any of a person's homes, and those homes with the place from which to listen on. */
const myViews = z.object({
  items: z.array(
    homeView.extend({
      homeName: z.string(),
      /** IANA zone of the home, when its owner has set one. */
      timezone: z.string().optional(),
    }),
  ),
  homes: z.array(z.object({ homeId: z.number().int(), cursor: z.string() })),
});
export type MyViews = z.infer<typeof myViews>;

export const listMyViews = operation({
  summary: 'Looks that staff ask for, or have, at the homes that the caller owns',
  method: 'GET',
  path: '/userSession/views',
  dialect: 'cloud',
  output: myViews,
  status: 200,
  refusals: [403],
});

export const answerView = operation({
  summary: 'Grant or refuse a look that staff asked for',
  method: 'POST',
  path: '/homes/{homeId}/views/{viewId}/answer',
  dialect: 'cloud',
  params: viewPath,
  body: z.object({ granted: z.boolean() }),
  output: homeView,
  status: 200,
  refusals: [400, 403, 404, 409],
});

export const endView = operation({
  summary: 'End a look at once',
  method: 'DELETE',
  path: '/homes/{homeId}/views/{viewId}',
  dialect: 'cloud',
  params: viewPath,
  status: 204,
  refusals: [403, 404],
});

export const askView = operation({
  summary: 'Ask the owners of a home for a look at their pages',
  method: 'POST',
  path: '/staff/homes/{homeId}/views',
  dialect: 'cloud',
  params: homePath,
  body: z.object({
    reason,
    minutes: z.number().int().min(viewMinutesLeast).max(viewMinutesMost),
  }),
  output: homeView,
  status: 201,
  refusals: [400, 403, 404, 409],
});

/** The same for staff; `isOwn`: the caller asked for it, and is the one who looks and ends it. */
export const staffHomeView = homeView.extend({ isOwn: z.boolean() });
export type StaffHomeView = z.infer<typeof staffHomeView>;

export const listStaffViews = operation({
  summary: 'Looks that were asked for at a home, newest first',
  method: 'GET',
  path: '/staff/homes/{homeId}/views',
  dialect: 'cloud',
  params: homePath,
  output: z.object({ items: z.array(staffHomeView) }),
  status: 200,
  refusals: [403, 404],
});

export const endStaffView = operation({
  summary: 'End a look, or take back its request',
  method: 'DELETE',
  path: '/staff/homes/{homeId}/views/{viewId}',
  dialect: 'cloud',
  params: viewPath,
  status: 204,
  refusals: [403, 404],
});
