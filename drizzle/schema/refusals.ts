import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { bigintId, identityId, moment } from './columns';
import { locks } from './locks';

/** Who asked for a door and was turned away. Part of what people see of the door, beside `openings`. */
export const refusals = pgTable(
  'refusals',
  {
    id: identityId(),
    lockId: bigintId('lock_id')
      .notNull()
      .references(() => locks.id, { onDelete: 'cascade' }),
    homeId: bigintId('home_id'),
    principalKind: text('principal_kind').notNull(),
    principalId: text('principal_id').notNull(),
    principalName: text('principal_name').notNull(),
    via: text('via', { enum: ['api', 'page', 'admin', 'link', 'pin'] }).notNull(),
    /** Why: `no-right`, `outside-window`, `wrong-pin`, `no-passkey`, `limited`, `revoked`, `used-up`. */
    cause: text('cause').notNull(),
    address: text('address'),
    requestId: text('request_id'),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    index('refusals_lock').on(table.lockId, table.createdAt.desc(), table.id.desc()),
    index('refusals_created').using('brin', table.createdAt),
  ],
);
