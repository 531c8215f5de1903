import { z } from 'zod';
import { commandEnvelope } from './envelope';
import { operation } from './operation';
import { absentable, emptyIsAbsent, id, text, timestamp } from './values';

/** Hub ids are texts in a path, uuids in practice (lock-api 1); another text is the id of no hub. */
export const hubPath = z.object({ id: text(200) });
const hubId = text(200);
/** The home, on the lock API's wire: its id as a text. */
const siteId = z.string().regex(/^\d{1,15}$/, 'must be the id of a home as a text');
const userId = text(200);
const reason = text(500);

/** How a hub stands; times are milliseconds since 1970 (lock-api 1). */
export const hubView = z.object({
  hubId: z.string(),
  serial: z.string(),
  model: z.string(),
  thingName: z.string(),
  status: z.enum(['Provisioned', 'Claimed', 'Suspended', 'Decommissioned']),
  orgId: z.string().nullable(),
  siteId: z.string().nullable(),
  isPrimary: z.boolean(),
  /** Why it is suspended, in the words of whoever did it. */
  suspendedReason: z.string().optional(),
  provisionedAt: z.number().int(),
  claimedAt: z.number().int().nullable(),
  /** Absent until the hub was heard of for the first time. */
  online: z.boolean().optional(),
  lastSeen: z.number().int().optional(),
  /** Of the hub's software. */
  version: z.string().optional(),
  uptimeSeconds: z.number().int().optional(),
});
export type HubView = z.infer<typeof hubView>;

export const listHubs = operation({
  summary: 'Hubs of the homes of the caller, or of the caller’s organisation',
  method: 'GET',
  path: '/hubs',
  dialect: 'lock',
  query: z.object({ homeId: siteId.optional(), after: z.string().max(200).optional() }),
  output: z.object({ items: z.array(hubView), next: z.string().nullable() }),
  status: 200,
  refusals: [400, 403],
});

export const getHubStatus = operation({
  summary: 'How a hub stands',
  method: 'GET',
  path: '/hubs/{id}/status',
  dialect: 'lock',
  params: hubPath,
  output: hubView,
  status: 200,
  refusals: [400, 403, 404],
});

export const provisionHub = operation({
  summary: 'Register a hub from the factory; its claim code is shown this once',
  method: 'POST',
  path: '/hubs/{id}/ProvisionHub',
  dialect: 'lock',
  params: hubPath,
  body: z.object({
    hubId,
    serial: text(100),
    model: text(100),
    thingName: emptyIsAbsent(text(128)),
    vendorName: emptyIsAbsent(text(100)),
  }),
  output: commandEnvelope.extend({ claimCode: z.string().optional() }),
  status: 201,
  repeatStatus: 200,
  refusals: [400, 403, 404],
});

export const claimHub = operation({
  summary: 'Tie a provisioned hub to a home',
  method: 'POST',
  path: '/hubs/{id}/ClaimHub',
  dialect: 'lock',
  params: hubPath,
  body: z.object({ hubId, orgId: emptyIsAbsent(text(200)), siteId, userId }),
  output: commandEnvelope,
  status: 200,
  refusals: [400, 403, 404, 502],
});

export const claimHubByCode = operation({
  summary: 'Tie a hub to a home by the serial number and the claim code on its label',
  method: 'POST',
  path: '/hubs/claim',
  dialect: 'lock',
  body: z.object({ siteId, serial: text(100), claimCode: text(100) }),
  output: hubView,
  status: 200,
  refusals: [400, 403, 404, 429],
});

export const reClaimHub = operation({
  summary: 'Move a claimed hub to another home',
  method: 'POST',
  path: '/hubs/{id}/ReClaimHub',
  dialect: 'lock',
  params: hubPath,
  body: z.object({ hubId, newOrgId: text(200), newSiteId: siteId, reason, userId }),
  output: commandEnvelope,
  status: 200,
  refusals: [400, 403, 404, 502],
});

export const setHubRole = operation({
  summary: 'Make a hub the first one of its home, or one of the others',
  method: 'POST',
  path: '/hubs/{id}/SetHubRole',
  dialect: 'lock',
  params: hubPath,
  body: z.object({ hubId, isPrimary: z.boolean(), userId }),
  output: commandEnvelope,
  status: 200,
  refusals: [400, 403, 404, 502],
});

export const suspendHub = operation({
  summary: 'Take all rights from a hub and from the locks behind it, reachable or not',
  method: 'POST',
  path: '/hubs/{id}/SuspendHub',
  dialect: 'lock',
  params: hubPath,
  body: z.object({ hubId, reason, userId }),
  output: commandEnvelope,
  status: 200,
  refusals: [400, 403, 404],
});

export const resumeHub = operation({
  summary: 'Give a suspended hub its rights back',
  method: 'POST',
  path: '/hubs/{id}/ResumeHub',
  dialect: 'lock',
  params: hubPath,
  body: z.object({ hubId, userId }),
  output: commandEnvelope,
  status: 200,
  refusals: [400, 403, 404],
});

/** What a hub may be told beside pairing; none of these can move a bolt. */
export const hubCommand = z.enum([
  'get_nodes',
  'server_info',
  'set_wifi_credentials',
  'remove_lock',
  'cancel',
]);

export const sendHubCommand = operation({
  summary: 'Tell a hub something that moves no bolt',
  method: 'POST',
  path: '/hubs/{id}/SendHubCommand',
  dialect: 'lock',
  params: hubPath,
  body: z.object({ hubId, command: hubCommand, args: absentable(z.record(z.string(), z.unknown())) }),
  output: commandEnvelope,
  status: 200,
  refusals: [400, 403, 404, 409, 502],
});

export const commissionDevice = operation({
  summary: 'Pair a Matter device with a hub',
  method: 'POST',
  path: '/hubs/{id}/CommissionDevice',
  dialect: 'lock',
  params: hubPath,
  body: z.object({
    hubId,
    /** 11 or 21 digits, or MT:…; 22 digits are passed on as they are. A secret. */
    commissioningCode: z.string().min(1).max(5_000),
  }),
  output: commandEnvelope,
  status: 200,
  refusals: [400, 403, 404, 409, 502],
});

export const startHub = operation({
  summary: 'A hub fetches its credentials by the code on its label, once',
  method: 'POST',
  path: '/hubs/provision',
  dialect: 'lock',
  body: z.object({ serial: text(100), claimCode: text(100) }),
  output: z.object({
    hubId: z.string(),
    thing: z.string(),
    mqtt: z.object({
      url: z.string().optional(),
      host: z.string(),
      port: z.number().int(),
      tlsPort: z.number().int().nullable(),
      username: z.string(),
      password: z.string(),
    }),
    /** PEM of the authority that signed the broker's certificate; null: one that everybody knows. */
    ca: z.string().nullable(),
  }),
  status: 200,
  refusals: [400, 403, 429],
});

export const commissioningStatus = z.enum([
  'pending',
  'sent',
  'accepted',
  'succeeded',
  'failed',
  'expired',
  'unresolved',
]);

/** One attempt to pair a device, without its code. */
export const commissioningView = z.object({
  id: z.string(),
  hubId: z.string(),
  status: commissioningStatus,
  codeKind: z.enum(['manual', 'qr', 'other']),
  vendorId: z.number().int().optional(),
  productId: z.number().int().optional(),
  who: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  /** Where the hub last said it is. */
  step: z.string().optional(),
  error: z.string().optional(),
  message: z.string().optional(),
  deviceId: z.string().optional(),
  lockId: id.optional(),
  attestation: z.string().optional(),
  /** The device came after the attempt was over. */
  late: z.boolean(),
  createdAt: timestamp,
  sentAt: timestamp.optional(),
  acceptedAt: timestamp.optional(),
  outcomeAt: timestamp.optional(),
  expiresAt: timestamp,
});
export type CommissioningView = z.infer<typeof commissioningView>;

export const listCommissionings = operation({
  summary: 'What was paired with a hub, newest first',
  method: 'GET',
  path: '/hubs/{id}/commissionings',
  dialect: 'lock',
  params: hubPath,
  query: z.object({ after: z.string().max(200).optional() }),
  output: z.object({ items: z.array(commissioningView), next: z.string().nullable() }),
  status: 200,
  refusals: [400, 403, 404],
});

export const getCommissioning = operation({
  summary: 'How far one pairing has come',
  method: 'GET',
  path: '/hubs/{id}/commissionings/{commissioningId}',
  dialect: 'lock',
  params: z.object({ id: text(200), commissioningId: text(200) }),
  output: commissioningView,
  status: 200,
  refusals: [400, 403, 404],
});
