import type { lockActivity } from '../../contracts/activity';
import type { InputOf } from '../../contracts/operation';
import { rangeEnd, rangeStart } from '../../domain/activity/calendar';
import type { LineFilter } from './find-lines';

/** What the address of a page or a call asks for. */
export type ActivityQuery = InputOf<typeof lockActivity>['query'];

/** Days become instants of the home's calendar. */
export function readFilter(query: ActivityQuery, zone: string): LineFilter {
  const { who, outcome, via, from, until } = query;
  const cut = who?.indexOf(':') ?? -1;
  return {
    ...(who === undefined ? {} : { who: { kind: who.slice(0, cut), id: who.slice(cut + 1) } }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(via === undefined ? {} : { via }),
    ...(from === undefined ? {} : { from: rangeStart(from, zone) }),
    ...(until === undefined ? {} : { until: rangeEnd(until, zone) }),
  };
}
