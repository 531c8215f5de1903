import type { ActivityEntry } from '@/server/contracts/activity';

/** Lines newest first and without a gap; `next` is the cursor of what is older. */
export interface Entries {
  items: readonly ActivityEntry[];
  next: string | null;
}

/** The lines with an older page at their end. */
export function withOlderEntries({ items }: Entries, older: Entries): Entries {
  const known = new Set(items.map(({ id }) => id));
  return { items: [...items, ...older.items.filter(({ id }) => !known.has(id))], next: older.next };
}

/**
 * The lines after the newest page was loaded anew. Older ones that were loaded stay while they join on without a gap;
 * otherwise they are dropped and can be asked for again.
 */
export function withNewestEntries(list: Entries, newest: Entries): Entries {
  const last = newest.items.at(-1);
  const joint = last === undefined ? -1 : list.items.findIndex(({ id }) => id === last.id);
  if (newest.next === null || joint === -1) return newest;
  const older = list.items.slice(joint + 1);
  return older.length === 0 ? newest : withOlderEntries(newest, { items: older, next: list.next });
}
