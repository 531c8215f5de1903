import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Executor } from '../../db/client';
import { isSameNetwork } from '../../domain/same-network';

/** Addresses from which the hubs of a home are connected now, as JSON text beside a row that has the home. */
export const hubAddressesOf = (homeId: SQLWrapper): SQL<string | null> => sql<string | null>`(
  select json_agg(h.address)::text from hubs h
  where h.home_id = ${homeId} and h.reachable and h.address is not null)`;

/** Whether a caller's address is one of those; who is not known to be at home is not at home. */
export const isAmong = (addresses: string | null, address: string | undefined): boolean =>
  addresses !== null && (JSON.parse(addresses) as string[]).some((known) => isSameNetwork(known, address));

/** Whether a call comes from where a hub of the home is connected now (decision 44). */
export async function isAtHome(
  executor: Pick<Executor, 'execute'>,
  homeId: number | null,
  address: string | undefined,
): Promise<boolean> {
  if (homeId === null || address === undefined) return false;
  const [row] = await executor.execute<{ known: string | null }>(
    sql`select ${hubAddressesOf(sql`${homeId}::bigint`)} as known`,
  );
  return isAmong(row?.known ?? null, address);
}
