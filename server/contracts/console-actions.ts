import { z } from 'zod';
import { reasonLeast, reasonMost } from './console-words';
import { operation } from './operation';
import { id, idText, text, timestamp } from './values';

/** Why staff do something, in their words: kept, and shown to the owners of the home. */
export const reason = text(reasonMost).refine(
  (value) => value.length >= reasonLeast,
  `must be ${reasonLeast} characters or more`,
);
const body = z.object({ reason });

const userPath = z.object({ userId: idText });
const homePath = z.object({ homeId: idText });
const hubPath = z.object({ homeId: idText, hubId: z.uuid() });

export const resendVerification = operation({
  summary: 'Send what confirms an address once more',
  method: 'POST',
  path: '/staff/users/{userId}/verification',
  dialect: 'cloud',
  params: userPath,
  body,
  status: 204,
  refusals: [400, 403, 404, 429],
});

export const endUserSessions = operation({
  summary: 'Sign a person out everywhere',
  method: 'POST',
  path: '/staff/users/{userId}/end-sessions',
  dialect: 'cloud',
  params: userPath,
  body,
  output: z.object({ ended: z.number().int() }),
  status: 200,
  refusals: [400, 403, 404],
});

export const unlockAccount = operation({
  summary: 'Let somebody sign in at once who waits because of wrong passwords or codes',
  method: 'POST',
  path: '/staff/users/{userId}/unlock',
  dialect: 'cloud',
  params: userPath,
  body,
  output: z.object({ cleared: z.number().int() }),
  status: 200,
  refusals: [400, 403, 404],
});

export const resendHomeInvitation = operation({
  summary: 'Send an invitation to a home once more',
  method: 'POST',
  path: '/staff/homes/{homeId}/members/{userId}/invitation',
  dialect: 'cloud',
  params: z.object({ homeId: idText, userId: idText }),
  body,
  status: 204,
  refusals: [400, 403, 404, 429],
});

export const deactivateHome = operation({
  summary: 'Switch a home off',
  method: 'POST',
  path: '/staff/homes/{homeId}/deactivate',
  dialect: 'cloud',
  params: homePath,
  body,
  status: 204,
  refusals: [400, 403, 404, 409],
});

export const reactivateHome = operation({
  summary: 'Switch a home on again',
  method: 'POST',
  path: '/staff/homes/{homeId}/reactivate',
  dialect: 'cloud',
  params: homePath,
  body,
  status: 204,
  refusals: [400, 403, 404, 409],
});

export const suspendHomeHub = operation({
  summary: 'Take the rights of a hub and of what it speaks for',
  method: 'POST',
  path: '/staff/homes/{homeId}/hubs/{hubId}/suspend',
  dialect: 'cloud',
  params: hubPath,
  body,
  status: 204,
  refusals: [400, 403, 404],
});

export const resumeHomeHub = operation({
  summary: 'Give a suspended hub its rights back',
  method: 'POST',
  path: '/staff/homes/{homeId}/hubs/{hubId}/resume',
  dialect: 'cloud',
  params: hubPath,
  body,
  status: 204,
  refusals: [400, 403, 404],
});

export const reachKind = z.enum(['device', 'lock', 'hub']);

/** How a thing was tested, and what that says. */
export const reachSign = z.object({
  /** Open connections of a device; what the broker says of a thing; what it reported; where its shadow stands. */
  how: z.enum(['connections', 'presence', 'report', 'shadow', 'hub']),
  says: z.enum(['there', 'away', 'unknown']),
  /** When it was heard of last in this way, or since when it is so. */
  at: timestamp.optional(),
  count: z.number().int().optional(),
});
export const reachTest = z.object({
  kind: reachKind,
  id: z.string(),
  verdict: z.enum(['there', 'away', 'unknown']),
  testedAt: timestamp,
  signs: z.array(reachSign),
});
export type ReachTest = z.infer<typeof reachTest>;

export const testReach = operation({
  summary: 'Whether a device, lock or hub can be reached, from what is known of it; nothing is sent to it',
  method: 'POST',
  path: '/staff/homes/{homeId}/test-reach',
  dialect: 'cloud',
  params: homePath,
  body: body.extend({ kind: reachKind, id: text(100) }),
  output: reachTest,
  status: 200,
  refusals: [400, 403, 404],
});

export const replayDelivery = operation({
  summary: 'Deliver what a webhook was to be told once more, as a new delivery',
  method: 'POST',
  path: '/staff/homes/{homeId}/deliveries/{deliveryId}/replay',
  dialect: 'cloud',
  params: z.object({ homeId: idText, deliveryId: idText }),
  body,
  output: z.object({ id }),
  status: 200,
  refusals: [400, 403, 404, 409],
});

export const releaseDevice = operation({
  summary: 'Take a device out of a home, so that it can be claimed anew',
  method: 'POST',
  path: '/staff/homes/{homeId}/devices/{deviceId}/release',
  dialect: 'cloud',
  params: z.object({ homeId: idText, deviceId: idText }),
  body,
  status: 204,
  refusals: [400, 403, 404],
});
