import { z } from 'zod';
import { standingState } from './access';
import { commandEnvelope } from './envelope';
import { lockPath } from './locks';
import { operation } from './operation';
import { absentable, emptyIsAbsent, emptyIsNull, id, idText, text, timestamp } from './values';
import { authenticationResponse } from './webauthn';
import { requiredMoment, windowChanges, windowFields, windowView } from './windows';

const accessMode = z.enum(['public', 'user-whitelist']);
const accessMethod = z.enum(['key', 'code', 'both']);
const maxUses = z.number().int().positive().max(1_000_000);
const description = text(2000);
const label = text(120);
/** Ids of people as the lock API writes them: decimal digits. */
const allowedUserIds = z
  .array(z.union([z.string().regex(/^\d{1,15}$/), z.number().int().positive()]).transform(String))
  .max(200);

/**
 * The answer to `/locks/{id}/passkey/start` for `link`, with the first door of the link as the lock; from a browser, where a
 * door of the link may ask for a passkey.
 */
const passkey = absentable(authenticationResponse);

/** A temporary key: the guest link that it is. The token is nowhere in it. */
export const tempKeyView = windowView.extend({
  uuid: z.string(),
  accessMode,
  allowedUserIds: z.array(z.string()).optional(),
  label: z.string().optional(),
  description: z.string().optional(),
  maxUses: z.number().int().nullable(),
  usedCount: z.number().int(),
  lastUsedAt: timestamp.optional(),
  /** By its dates and uses (lock-api 7). */
  status: z.enum(['valid', 'expired', 'used-up', 'not-yet-valid']),
  /** By its hours and weekdays too (ours). */
  state: standingState,
  openUntil: timestamp.optional(),
  nextOpening: timestamp.optional(),
  doors: z.array(
    z.object({
      id: z.string(),
      lockId: id,
      name: z.string(),
      label: z.string().optional(),
      accessMethod,
    }),
  ),
  createdBy: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  createdAt: timestamp,
});
export type TempKeyView = z.infer<typeof tempKeyView>;

const keyEnvelope = commandEnvelope.extend({ tempKeyUuid: z.string() });

export const createTempKey = operation({
  summary: 'Make a temporary key of one lock',
  method: 'POST',
  path: '/locks/{id}/create-temp-key',
  dialect: 'lock',
  params: lockPath,
  body: z.object({
    tempKeyUuid: z.guid(),
    accessMode,
    allowedUserIds: absentable(allowedUserIds),
    ...windowFields,
    validFrom: requiredMoment,
    validUntil: requiredMoment,
    maxUses: absentable(maxUses),
    description: emptyIsAbsent(description),
    label: emptyIsAbsent(label),
    passkey,
  }),
  /** `url` holds the token and is in this answer alone. */
  output: keyEnvelope.extend({ url: z.string().optional() }),
  status: 200,
  refusals: [400, 403, 404, 409],
});

export const updateTempKey = operation({
  summary: 'Change a temporary key; null takes a limit away',
  method: 'POST',
  path: '/locks/{id}/update-temp-key',
  dialect: 'lock',
  params: lockPath,
  body: z.object({
    tempKeyUuid: z.guid(),
    accessMode: absentable(accessMode),
    allowedUserIds: allowedUserIds.nullable().optional(),
    ...windowChanges,
    maxUses: maxUses.nullable().optional(),
    description: emptyIsNull(description),
    label: emptyIsNull(label),
    passkey,
  }),
  output: keyEnvelope,
  status: 200,
  refusals: [400, 403, 404],
});

export const deleteTempKey = operation({
  summary: 'Revoke a temporary key',
  method: 'POST',
  path: '/locks/{id}/delete-temp-key',
  dialect: 'lock',
  params: lockPath,
  body: z.object({ tempKeyUuid: z.guid() }),
  output: keyEnvelope,
  status: 200,
  refusals: [400, 403, 404],
});

export const listLockTempKeys = operation({
  summary: 'Temporary keys of a lock',
  method: 'GET',
  path: '/locks/{id}/temp-keys',
  dialect: 'lock',
  params: lockPath,
  output: z.object({ tempKeys: z.array(tempKeyView) }),
  status: 200,
  refusals: [400, 403, 404],
});

export const useTempKey = operation({
  summary: 'Count a use of a temporary key that happened elsewhere',
  method: 'POST',
  path: '/locks/{id}/use-temp-key',
  dialect: 'lock',
  params: lockPath,
  body: z.object({ tempKeyUuid: z.guid(), userId: absentable(idText) }),
  output: keyEnvelope,
  status: 200,
  refusals: [400, 403, 404],
});

export const openWithPin = operation({
  summary: 'Open a door by the PIN of a guest link',
  method: 'POST',
  path: '/locks/{id}/open-with-pin',
  dialect: 'lock',
  params: lockPath,
  body: z.object({ pin: z.string().regex(/^\d{4,8}$/, 'must be four to eight digits') }),
  output: z.object({ success: z.literal(true), offline: z.boolean() }),
  status: 200,
  refusals: [400, 429, 502],
});

export const createTempKeys = operation({
  summary: 'Make a guest link to one or several doors of a home',
  method: 'POST',
  path: '/temp-keys',
  dialect: 'lock',
  body: z.object({
    ...windowFields,
    validFrom: requiredMoment,
    validUntil: requiredMoment,
    maxUses: absentable(maxUses),
    description: emptyIsAbsent(description),
    label: emptyIsAbsent(label),
    doors: z
      .array(
        z.object({ lockId: idText, label: emptyIsAbsent(label), accessMethod: absentable(accessMethod) }),
      )
      .min(1)
      .max(50),
    passkey,
  }),
  /** `url` holds the token; it and the PIN are shown here alone. */
  output: tempKeyView.extend({
    success: z.literal(true),
    url: z.string(),
    pin: z.string().nullable(),
  }),
  status: 201,
  refusals: [400, 403, 404],
});

export const listTempKeys = operation({
  summary: 'Guest links that the caller manages',
  method: 'GET',
  path: '/temp-keys',
  dialect: 'lock',
  query: z.object({
    lockId: idText.optional(),
    /** `true`: revoked ones too (ours). */
    revoked: z.enum(['true', 'false']).optional(),
  }),
  output: z.object({ tempKeys: z.array(tempKeyView) }),
  status: 200,
  refusals: [400, 403, 404],
});

export const revokeTempKey = operation({
  summary: 'Revoke a guest link',
  method: 'DELETE',
  path: '/temp-keys/{uuid}',
  dialect: 'lock',
  params: z.object({ uuid: z.guid() }),
  output: z.object({ success: z.literal(true), uuid: z.string(), alreadyRevoked: z.boolean() }),
  status: 200,
  refusals: [400, 403, 404],
});
