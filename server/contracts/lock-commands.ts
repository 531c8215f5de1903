import { z } from 'zod';
import { nightRule } from './door-settings';
import { commandEnvelope } from './envelope';
import { gesture, lockPath } from './locks';
import { operation } from './operation';
import { absentable, emptyIsAbsent, id, idText, text } from './values';
import { authenticationResponse } from './webauthn';

/** A person on the lock API: the decimal id, as text or as a number (model 1). */
const userId = idText.transform(String);
const uuid = z.guid('must be a UUID').transform((value) => value.toLowerCase());
const keyIndexNumber = z.number().int().min(0).max(2_147_483_647);
/** Highest id that can be asked for: far more than locks, and a good deal less than the ids that paths can name. */
const indexMost = 2_147_483_647;

/** The MQTT identity of a lock, shown this once. */
const identity = { thing: z.string(), mqtt: z.object({ username: z.string(), password: z.string() }) };

const post = <const Name extends string>(name: Name) =>
  ({
    method: 'POST',
    path: `/locks/{id}/${name}`,
    dialect: 'lock',
    params: lockPath,
    status: 200,
  }) as const;

export const createLock = operation({
  summary: 'Make a lock under an id; a repeat changes nothing and answers 200',
  ...post('CreateLock'),
  body: z.object({
    index: z.number().int().positive().max(indexMost),
    uuid,
    name: emptyIsAbsent(text(200)),
    serialNumber: emptyIsAbsent(text(200)),
    vendorName: emptyIsAbsent(text(200)),
    ownerId: emptyIsAbsent(userId),
    keys: absentable(
      z
        .array(z.object({ uuid, indexNumber: absentable(keyIndexNumber), userId: emptyIsAbsent(userId) }))
        .max(500),
    ),
  }),
  output: commandEnvelope.extend({ lockId: id, ...identity }).or(commandEnvelope.extend({ lockId: id })),
  status: 201,
  repeatStatus: 200,
  refusals: [400, 403, 404, 409],
});

export const setLockOwner = operation({
  summary: 'Name the owner of a lock, who then counts before the owner of its home',
  ...post('SetOwner'),
  body: z.object({ userId }),
  output: commandEnvelope,
  refusals: [400, 403, 404],
});

export const setLockOrganization = operation({
  summary: 'Put a lock into an organisation: claim one that has none, or, with a super key, move any',
  ...post('SetOrganization'),
  body: z.object({ orgId: uuid }),
  output: commandEnvelope,
  refusals: [400, 403, 404],
});

export const changeLockUuid = operation({
  summary: 'Give a lock the uuid of another device; the former MQTT identity is revoked',
  ...post('ChangeLockUuid'),
  body: z.object({ newUuid: uuid }),
  output: commandEnvelope.extend(identity),
  refusals: [400, 403, 404, 409],
});

export const addLockKey = operation({
  summary: 'Add a key and tell the lock; a named person becomes its holder',
  ...post('AddKey'),
  body: z.object({
    keyUuid: uuid,
    keyIndexNumber: absentable(keyIndexNumber),
    userId: emptyIsAbsent(userId),
  }),
  output: commandEnvelope,
  refusals: [400, 403, 404, 409, 502],
});

export const removeLockKey = operation({
  summary: 'Remove a key, named by uuid or by place, and tell the lock',
  ...post('RemoveKey'),
  body: z.object({ keyUuid: emptyIsAbsent(uuid), keyIndexNumber: absentable(keyIndexNumber) }),
  output: commandEnvelope,
  refusals: [400, 403, 404, 409, 502],
});

export const bulkAddLockKeys = operation({
  summary: 'Add many keys, one a second, in the background',
  ...post('BulkAddKeys'),
  body: z.object({
    keys: z
      .array(
        z.object({
          keyUuid: uuid,
          keyIndexNumber: absentable(keyIndexNumber),
          userId: emptyIsAbsent(userId),
        }),
      )
      .min(1, 'must hold a key')
      .max(500),
  }),
  output: z.object({ success: z.literal(true), lockId: id, instanceId: z.string() }),
  refusals: [400, 403, 404],
});

export const writeLockKey = operation({
  summary: 'Have the lock write a physical card that is held to it',
  ...post('WriteKey'),
  body: z.object({ keyUuid: uuid, keyIndexNumber: absentable(keyIndexNumber) }),
  output: commandEnvelope,
  refusals: [400, 403, 404, 409, 502],
});

const person = {
  email: emptyIsAbsent(z.string().max(254)),
  phoneNumber: emptyIsAbsent(z.string().max(30)),
  userId: emptyIsAbsent(userId),
};

export const addLockResident = operation({
  summary: 'Add somebody who is told of the doorbell; it gives no right to open',
  ...post('AddResident'),
  body: z.object({ name: text(200), ...person }),
  output: commandEnvelope.extend({ email: z.string().optional() }),
  refusals: [400, 403, 404],
});

export const removeLockResident = operation({
  summary: 'Remove a resident',
  ...post('RemoveResident'),
  body: z.object(person),
  output: commandEnvelope,
  refusals: [400, 403, 404],
});

export const assignLockHome = operation({
  summary: 'Put a lock into a home, or with null out of every home',
  ...post('AssignHome'),
  body: z.object({ homeId: z.union([idText, z.null()]) }),
  output: commandEnvelope,
  refusals: [400, 403, 404],
});

export const changeLock = operation({
  summary: 'Rename a lock, or change what a person must do before it is asked to open',
  method: 'PATCH',
  path: '/locks/{id}',
  dialect: 'lock',
  params: lockPath,
  body: z.object({
    name: absentable(text(200)),
    gesture: absentable(gesture),
    /** A stricter gesture between two times of day; null: the same all day. */
    night: nightRule.nullable().optional(),
    /** A stricter gesture for whoever is not known to be at home; null: the same from everywhere. */
    remote: gesture.nullable().optional(),
    /** The answer to `/locks/{id}/passkey/start` for `settings`, from a browser that asks for a passkey less often. */
    passkey: absentable(authenticationResponse),
  }),
  output: commandEnvelope,
  status: 200,
  refusals: [400, 403, 404],
});

export const removeLock = operation({
  summary: 'Remove a lock for good; its history stays',
  method: 'DELETE',
  path: '/locks/{id}',
  dialect: 'lock',
  params: lockPath,
  output: commandEnvelope,
  status: 200,
  refusals: [400, 403, 404],
});
