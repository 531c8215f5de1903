import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import {
  type GrantState,
  grantsStanding,
  type Standing,
  type StandingOptions,
} from '../../domain/access/standing';
import { zoneOf } from '../../domain/access/zone';

interface GrantText {
  id: string;
  f: number | null;
  u: number | null;
  d: number | null;
  a: number | null;
  b: number | null;
}

/** The standing grants of a person at a lock, as JSON text beside the row of the lock, or null: one round trip for both. */
export const grantsOf = (lockId: SQLWrapper, userId: SQLWrapper): SQL<string | null> => sql<string | null>`(
  select json_agg(json_build_object('id', g.id, 'd', g.weekdays, 'a', g.from_minute, 'b', g.until_minute,
    'f', round(extract(epoch from g.valid_from) * 1000), 'u', round(extract(epoch from g.valid_until) * 1000)))::text
  from lock_grants g where g.lock_id = ${lockId} and g.user_id = ${userId} and g.revoked_at is null)`;

const moment = (milliseconds: number | null): Date | null =>
  milliseconds === null ? null : new Date(milliseconds);

const readGrants = (text: string): GrantState[] =>
  (JSON.parse(text) as GrantText[]).map(({ id, f, u, d, a, b }) => ({
    id,
    validFrom: moment(f),
    validUntil: moment(u),
    weekdays: d,
    fromMinute: a,
    untilMinute: b,
  }));

/** What those grants give at an instant; undefined: there are none. */
export const grantsStandingOf = (
  text: string | null,
  at: Date,
  timezone: string | null | undefined,
  options?: StandingOptions,
): Standing | undefined =>
  text === null ? undefined : grantsStanding(readGrants(text), at, zoneOf(timezone).zone, options);
