import type { OpeningView } from '@/server/contracts/locks';
import type { AnswerOf } from '../hooks/call';
import { newerOpening } from './merge';

/** Openings of a door, newest first and without a gap; `next` is the cursor of what is older. */
export type Openings = AnswerOf<'locks.openings'>;

const askedAt = ({ createdAt }: OpeningView): number => Date.parse(createdAt);

/** The list after news of one opening. One that lies beyond the loaded part is left to the page that will bring it. */
export function withHeard({ items, next }: Openings, heard: OpeningView): Openings {
  if (items.some(({ id }) => id === heard.id)) {
    return { items: items.map((item) => (item.id === heard.id ? newerOpening(item, heard) : item)), next };
  }
  const before = items.findIndex((item) => askedAt(item) <= askedAt(heard));
  if (before === -1) return next === null ? { items: [...items, heard], next } : { items, next };
  return { items: [...items.slice(0, before), heard, ...items.slice(before)], next };
}

/** The list with an older page at its end. */
export function withOlder({ items }: Openings, older: Openings): Openings {
  const known = new Set(items.map(({ id }) => id));
  return { items: [...items, ...older.items.filter(({ id }) => !known.has(id))], next: older.next };
}

/** The list after its newest page was loaded anew; what no longer joins on without a gap is dropped. */
export function withNewest(list: Openings | undefined, newest: Openings): Openings {
  if (list === undefined) return newest;
  const known = new Map(list.items.map((item) => [item.id, item]));
  const [first] = newest.items;
  if (first === undefined) return list;
  // What was heard while the answer was on its way stands above it.
  const heard = list.items.filter((item) => askedAt(item) > askedAt(first));
  const items = [...heard, ...newest.items.map((item) => newerOpening(known.get(item.id), item))];
  const isJoined = newest.items.some(({ id }) => known.has(id));
  if (newest.next === null || !isJoined) return { items, next: newest.next };
  return withOlder({ items, next: newest.next }, list);
}
