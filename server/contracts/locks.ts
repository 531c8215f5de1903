import { z } from 'zod';
import { commandEnvelope } from './envelope';
import { operation } from './operation';
import { absentable, emptyIsAbsent, exactText, id, idText, timestamp } from './values';
import { authenticationResponse } from './webauthn';

/** Numeric lock id of a path: a positive integer, never the uuid (lock-api 1). */
export const lockPath = z.object({
  id: z
    .string()
    .regex(/^\d{1,15}$/, 'must be a positive integer')
    .transform(Number)
    .refine((value) => value > 0, 'must be a positive integer'),
});

/** lock-api 5: a label of the caller, the same one twice is the same intent. */
export const requestIdMaxLength = 200;

export const openLock = operation({
  summary: 'Ask a lock to open',
  method: 'POST',
  path: '/locks/{id}/OpenLock',
  dialect: 'lock',
  params: lockPath,
  body: z.object({
    requestId: emptyIsAbsent(exactText(requestIdMaxLength)),
    reason: emptyIsAbsent(exactText(500)),
    /** The answer to `/locks/{id}/passkey/start`, from a browser at a lock whose gesture asks for a passkey. */
    passkey: absentable(authenticationResponse),
  }),
  bodyOptional: true,
  output: commandEnvelope,
  status: 200,
  refusals: [400, 403, 404, 429, 502],
});

export const lockBasicInfo = z.object({
  id,
  lockId: id,
  uuid: z.string(),
  version: z.number().int(),
  serialNumber: z.string().optional(),
  ownerId: z.string().optional(),
  orgId: z.string().optional(),
  organizationId: z.string().optional(),
  r2Prefix: z.string(),
});

export const getLockBasicInfo = operation({
  summary: 'Who a lock belongs to',
  method: 'GET',
  path: '/locks/{id}/basic-info',
  dialect: 'lock',
  params: lockPath,
  output: lockBasicInfo,
  status: 200,
  refusals: [400, 403, 404],
});

export const listLockEvents = operation({
  summary: 'History of a lock, ten events a page, newest first',
  method: 'GET',
  path: '/locks/{id}/events',
  dialect: 'lock',
  params: lockPath,
  query: z.object({
    page: z
      .string()
      .regex(/^\d{1,7}$/, 'must be a positive integer')
      .transform(Number)
      .refine((page) => page > 0, 'must be a positive integer')
      .optional(),
  }),
  output: z.object({
    aggregateId: z.string(),
    totalEvents: z.number().int(),
    page: z.number().int(),
    pageSize: z.number().int(),
    totalPages: z.number().int(),
    events: z.array(
      z.object({
        aggregateType: z.string(),
        aggregateId: z.string(),
        version: z.number().int(),
        type: z.string(),
        timestamp,
        orgId: z.string().optional(),
        event: z.record(z.string(), z.unknown()).optional(),
      }),
    ),
  }),
  status: 200,
  refusals: [400, 403, 404],
});

export const openingStatus = z.enum([
  'pending',
  'sent',
  'accepted',
  'confirmed',
  'failed',
  'expired',
  'unresolved',
]);
export type OpeningStatus = z.infer<typeof openingStatus>;

/** One intent to open a door, as pages and apps of the home see it. */
export const openingView = z.object({
  id: z.string(),
  lockId: id,
  status: openingStatus,
  who: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  via: z.enum(['api', 'page', 'admin', 'link', 'pin']),
  requestId: z.string().optional(),
  reason: z.string().optional(),
  gesture: z.string().optional(),
  createdAt: timestamp,
  sentAt: timestamp.optional(),
  acceptedAt: timestamp.optional(),
  outcomeAt: timestamp.optional(),
  expiresAt: timestamp,
  /** The opening whose actuation this one shares. */
  joined: z.string().optional(),
  error: z.string().optional(),
  lateReport: z.boolean(),
});
export type OpeningView = z.infer<typeof openingView>;

export const boltState = z.enum(['locked', 'unlocked', 'unlatched', 'not-fully-locked', 'jammed', 'unknown']);
export type BoltState = z.infer<typeof boltState>;
export const doorState = z.enum(['closed', 'open', 'ajar', 'jammed', 'forced', 'unknown']);
export type DoorState = z.infer<typeof doorState>;
export const gesture = z.enum(['tap', 'hold', 'hold-passkey']);
export type Gesture = z.infer<typeof gesture>;

/** What the lock last said of itself; the part of a door that changes by reports. */
export const doorReport = z.object({
  lockId: id,
  bolt: boltState,
  door: doorState,
  battery: z.object({ percent: z.number().nullable(), level: z.enum(['ok', 'low', 'critical']) }).optional(),
  /** Absent until the lock was heard of for the first time. */
  reachable: z.boolean().optional(),
  reachableSince: timestamp.optional(),
  reportedAt: timestamp.optional(),
});
export type DoorReport = z.infer<typeof doorReport>;

/** A door as the caller sees it. */
export const doorView = doorReport.extend({
  uuid: z.string(),
  name: z.string(),
  homeId: id,
  homeName: z.string(),
  /** IANA zone of the home, when its owner has set one. */
  timezone: z.string().optional(),
  /** What counts for the caller now. */
  gesture,
  /** Why it is stricter than the ordinary one; `remote`: the caller is not known to be at home. */
  stricter: z.array(z.enum(['night', 'remote'])).optional(),
  /** The caller's role in the home. */
  role: z.enum(['owner', 'member', 'guest']),
  canOpen: z.boolean(),
  /** The lock has a keypad, and the caller manages its codes. */
  takesPins: z.literal(true).optional(),
  /** Among the caller's favourites. */
  favourite: z.boolean().optional(),
  /** Why the caller may not open it; `next`: when the right opens by itself. */
  whyNot: z.object({ reason: z.string(), next: timestamp.optional() }).optional(),
  /** When the gesture or the caller's right becomes another one by the clock alone; of a single door. */
  changesAt: timestamp.optional(),
  /** The newest opening, running or not. */
  opening: openingView.optional(),
  /** Position of the home up to which this view holds; pass it to `subscribe`. */
  cursor: z.string(),
});
export type DoorView = z.infer<typeof doorView>;

/** A lock as the keys of its organisation see it. */
export const lockView = doorReport.extend({
  uuid: z.string(),
  name: z.string(),
  gesture,
  version: z.number().int(),
  serialNumber: z.string().optional(),
  vendorName: z.string().optional(),
  orgId: z.string().optional(),
  homeId: id.optional(),
  hubId: z.string().optional(),
  /** Named by SetOwner; absent: the owner of its home. */
  ownerId: z.string().optional(),
});
export type LockView = z.infer<typeof lockView>;

export const listDoors = operation({
  summary: 'Doors of all homes of a person; locks of the organisation of a key',
  method: 'GET',
  path: '/locks',
  dialect: 'lock',
  query: z.object({ homeId: idText.optional(), after: z.string().max(200).optional() }),
  output: z.object({ items: z.array(z.union([doorView, lockView])), next: z.string().nullable() }),
  status: 200,
  refusals: [400, 403],
});

export const getDoor = operation({
  summary: 'One door: state, who is calling, the running opening',
  method: 'GET',
  path: '/locks/{id}',
  dialect: 'lock',
  params: lockPath,
  output: doorView,
  status: 200,
  refusals: [400, 403, 404],
});

export const listOpenings = operation({
  summary: 'Who opened a door, newest first',
  method: 'GET',
  path: '/locks/{id}/openings',
  dialect: 'lock',
  params: lockPath,
  query: z.object({ after: z.string().max(200).optional() }),
  output: z.object({ items: z.array(openingView), next: z.string().nullable() }),
  status: 200,
  refusals: [400, 403, 404],
});
