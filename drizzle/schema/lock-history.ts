import { sql } from 'drizzle-orm';
import { boolean, index, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { bigintId, identityId, moment } from './columns';
import { locks } from './locks';

/** What locks reported, one row a change. Rows are added and forgotten, never changed. */
export const lockHistory = pgTable(
  'lock_history',
  {
    id: identityId(),
    lockId: bigintId('lock_id')
      .notNull()
      .references(() => locks.id, { onDelete: 'cascade' }),
    /** The home that it stood in then. */
    homeId: bigintId('home_id'),
    /** When it was reported. */
    at: moment('at').notNull(),
    kind: text('kind', {
      enum: ['bolt', 'door', 'battery', 'operation', 'alarm', 'reachability'],
    }).notNull(),
    /** What the wire shows of it beside its moment and kind. */
    value: jsonb('value').notNull().$type<Record<string, unknown>>(),
    /** Whether it is a line of the activity. */
    isTold: boolean('is_told').notNull(),
    /** Tells operations apart, so that a report that comes twice adds nothing. */
    mark: text('mark'),
  },
  (table) => [
    index('lock_history_lock').on(table.lockId, table.at.desc(), table.id.desc()),
    index('lock_history_told').on(table.lockId, table.at.desc(), table.id.desc()).where(sql`is_told`),
    index('lock_history_home').on(table.homeId, table.at.desc()).where(sql`is_told`),
    uniqueIndex('lock_history_mark').on(table.lockId, table.mark).where(sql`mark is not null`),
    index('lock_history_at').using('brin', table.at),
  ],
);
