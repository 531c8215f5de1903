import { sql } from 'drizzle-orm';

/**
 * What the support console searches of each table, letter for letter as its trigram index has it: a query that writes it
 * in another way is not served by the index.
 */
export const searchTexts = {
  users: "search_fold(coalesce(name, '') || ' ' || coalesce(email, '') || ' ' || coalesce(phone_number, ''))",
  homes: 'search_fold(name)',
  devices: "search_fold(coalesce(name, '') || ' ' || coalesce(tag, '') || ' ' || device_class)",
  locks: "search_fold(name || ' ' || uuid::text || ' ' || coalesce(serial_number, ''))",
  hubs: "search_fold(serial || ' ' || id::text || ' ' || thing_name)",
  projectKeys: 'search_fold(name)',
  orgKeys: 'search_fold(id::text)',
} as const;

/** The indexed expression with its operator class. */
export const trigrams = (table: keyof typeof searchTexts) => sql`${sql.raw(searchTexts[table])} gin_trgm_ops`;

/** A search reads what was not sorted in yet line by line, so that list is kept short; kilobytes. */
export const searchIndex = { gin_pending_list_limit: 256 };
