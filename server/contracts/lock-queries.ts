import { z } from 'zod';
import { boltState, doorState, lockBasicInfo, lockPath, openingStatus, openingView } from './locks';
import { operation } from './operation';
import { exactText, id, timestamp } from './values';

const lockQuery = <const Name extends string>(name: Name) =>
  ({
    method: 'GET',
    path: `/locks/{id}/${name}`,
    dialect: 'lock',
    params: lockPath,
    status: 200,
    refusals: [400, 403, 404],
  }) as const;

export const getLockDetails = operation({
  summary: 'Whose a lock is, its keys and its residents',
  ...lockQuery('details'),
  output: lockBasicInfo.extend({
    keys: z.array(
      z.object({
        uuid: z.string(),
        indexNumber: z.number().int().optional(),
        userId: z.string().optional(),
      }),
    ),
    residents: z.array(z.object({ userId: z.string(), name: z.string(), email: z.string().optional() })),
    /** When the lock's history last grew. */
    timestamp,
  }),
});

export const listLockResidents = operation({
  summary: 'Who is told of the doorbell',
  ...lockQuery('residents'),
  output: z.object({
    residents: z.array(
      z.object({
        userId: z.string(),
        name: z.string(),
        email: z.string().optional(),
        hasPhone: z.boolean(),
      }),
    ),
  }),
});

export const getLockState = operation({
  summary: 'What a lock last said of itself, and the last time it was asked to open',
  ...lockQuery('state'),
  output: z.object({
    lockId: id,
    state: boltState,
    /** When the bolt came to where it is; absent while that is not known. */
    since: timestamp.optional(),
    door: doorState,
    battery: z
      .object({ percent: z.number().nullable(), level: z.enum(['ok', 'low', 'critical']) })
      .optional(),
    /** Absent until the lock was heard of for the first time. */
    reachable: z.boolean().optional(),
    reachableSince: timestamp.optional(),
    reportedAt: timestamp.optional(),
    lastOperation: z
      .object({
        openingId: z.string(),
        who: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
        status: openingStatus,
        /** When it came to that status. */
        at: timestamp,
      })
      .optional(),
  }),
});

export const getLockOpening = operation({
  summary: 'What came of an opening, by the requestId of the caller or by its id',
  ...lockQuery('openings/{requestId}'),
  params: lockPath.extend({
    requestId: exactText(200).min(1),
  }),
  output: openingView.extend({
    /** When the bolt was reported open. */
    confirmedAt: timestamp.optional(),
  }),
});
