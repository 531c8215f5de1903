import { sql } from 'drizzle-orm';
import { bigint, customType, index, integer, json, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bigintId, bytes, identityId, moment } from './columns';

/** Number of a transaction that never wraps around, as decimal text. */
const transactionId = customType<{ data: string; driverData: string }>({ dataType: () => 'xid8' });

/** What was done, by whom and why. Append-only: the application may add and read, nothing else. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: identityId(),
    /** No reference: what was done outlives the project. Zero: the installation itself. */
    projectId: bigintId('project_id').notNull(),
    homeId: bigintId('home_id'),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id').notNull(),
    actorName: text('actor_name').notNull(),
    /** What was done, as `noun.verb`. */
    action: text('action').notNull(),
    subjectKind: text('subject_kind'),
    subjectId: text('subject_id'),
    reason: text('reason'),
    address: text('address'),
    data: json('data').$type<Record<string, unknown>>(),
    /** Where the entry was taken from, so that taking it again adds nothing: `event:lock:7:3`, `refusal:12`. */
    source: text('source').unique(),
    createdAt: moment('created_at').notNull(),
    /** The transaction that wrote it: what is sealed must be older than every transaction still running. */
    writtenBy: transactionId('written_by').notNull().default(sql`pg_current_xact_id()`),
  },
  (table) => [
    index('audit_entries_project').on(table.projectId, table.id.desc()),
    index('audit_entries_home').on(table.homeId, table.id.desc()),
    index('audit_entries_staff').on(table.homeId, table.createdAt.desc()).where(sql`actor_kind = 'staff'`),
  ],
);

/** A link of a project's chain: the entries it holds, each by its hash, and the link before. Append-only. */
export const auditSeals = pgTable(
  'audit_seals',
  {
    projectId: bigintId('project_id').notNull(),
    /** 1, 2, 3, … within the project. */
    number: integer('number').notNull(),
    entryIds: json('entry_ids').$type<number[]>().notNull(),
    /** SHA-256 of each entry, hexadecimal, in the order of `entryIds`. */
    entryHashes: json('entry_hashes').$type<string[]>().notNull(),
    previousHash: bytes('previous_hash').notNull(),
    hash: bytes('hash').notNull(),
    sealedAt: moment('sealed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.number] })],
);

/** How far each source has been taken into the audit, and each project sealed. */
export const auditMarks = pgTable('audit_marks', {
  name: text('name').primaryKey(),
  position: bigint('position', { mode: 'number' }).notNull(),
});
