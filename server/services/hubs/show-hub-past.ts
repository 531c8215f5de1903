import { sql } from 'drizzle-orm';
import { toTimestamp } from '../../contracts/values';
import { Failure } from '../../domain/errors';
import { type OnlineWord, reachChanges } from '../../domain/hub/reach-changes';
import { authorise } from '../../domain/permissions';
import type { Principal } from '../../domain/principal';
import type { Deps } from '../deps';
import { loadHub } from './load-hub';

/** What a page shows of a hub beside how it stands. */
export interface HubPast {
  startedAt?: string;
  lastSeenAt?: string;
  /** Where the hub says it is on its network; owners alone are told. */
  address?: string;
  /** When it came and went, newest first. */
  reach: { at: string; online: boolean }[];
}

/** Lines of the home's log about the hub that are looked at, and changes that are shown. */
const linesMost = 500;
const changesMost = 20;

/** When a hub started and how it came and went, for those who keep its home. Raises `forbidden` and `not_found`. */
export async function showHubPast(
  { db }: Pick<Deps, 'db'>,
  principal: Principal,
  hubId: string,
): Promise<HubPast> {
  const { hub, facts } = await loadHub(db, principal, hubId);
  authorise('hubs.status', principal, facts);
  if (hub === undefined) throw new Failure('not_found');
  const rows =
    hub.homeId === null
      ? []
      : await db.execute<{ at: string; online: string | null }>(sql`
          select to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, payload->>'online' as online
          from home_events
          where home_id = ${hub.homeId} and topic not in ('event', 'opening', 'kv') and topic = 'hub'
            and payload->>'hubId' = ${hub.id}
          order by position desc limit ${linesMost}`);
  const words = rows.flatMap(({ at, online }): OnlineWord[] =>
    online === null ? [] : [{ at, online: online === 'true' }],
  );
  const { startedAt, address } = hub.info ?? {};
  return {
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(hub.lastSeenAt === null ? {} : { lastSeenAt: toTimestamp(hub.lastSeenAt) }),
    ...(address === undefined || facts.role !== 'owner' ? {} : { address }),
    reach: reachChanges(words).slice(0, changesMost),
  };
}
