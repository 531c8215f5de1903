import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { getRuntime } from '@/app/runtime';
import { requireUser } from '@/app/signed-in';
import type { HomeLock } from '@/server/contracts/home-locks';
import type { HubView, listCommissionings as pairings } from '@/server/contracts/hubs';
import type { OutputOf } from '@/server/contracts/operation';
import { Failure } from '@/server/domain/errors';
import { listCommissionings } from '@/server/services/commissionings/list-commissionings';
import { listHubs } from '@/server/services/hubs/list-hubs';
import { showHubPast } from '@/server/services/hubs/show-hub-past';
import { listHomeLocks } from '@/server/services/locks/list-home-locks';
import { loadHome } from './load-home';

/** What a service answers; what it does not show to the visitor is as missing as what never was. */
async function orNotFound<Data>(load: Promise<Data>): Promise<Data> {
  try {
    return await load;
  } catch (error) {
    if (error instanceof Failure && (error.code === 'not_found' || error.code === 'forbidden')) notFound();
    throw error;
  }
}

/** A home for the pages of those who keep it: guests have none of these. The log's place is read before the data. */
export const loadKept = cache(async (homeId: string, part: string) => {
  const home = await loadHome(homeId, part);
  if (home.role === 'guest') notFound();
  const { principal, userId } = await requireUser(`/dashboard/homes/${home.id}${part}`);
  const deps = await getRuntime();
  const caller = { principal, via: 'page' } as const;
  const hubs: HubView[] = [];
  let after: string | undefined;
  do {
    const query = { homeId: String(home.id), after };
    const page = await orNotFound(listHubs(deps, caller, { params: undefined, body: undefined, query }));
    hubs.push(...page.items);
    after = page.next ?? undefined;
  } while (after !== undefined);
  const input = { params: { homeId: home.id }, query: undefined, body: undefined };
  const { items: locks }: { items: HomeLock[] } = await orNotFound(listHomeLocks(deps, caller, input));
  return {
    home,
    userId,
    hubs,
    locks,
    of: { homeId: home.id, cursor: home.cursor, madeAt: Date.now() },
    isOwner: home.role === 'owner',
  };
});

/** One hub of the home with what was paired with it. */
export const loadHub = cache(async (homeId: string, hubId: string, part = '') => {
  const kept = await loadKept(homeId, `/hubs/${encodeURIComponent(hubId)}${part}`);
  const hub = kept.hubs.find((one) => one.hubId === hubId);
  if (hub === undefined) notFound();
  const { principal } = await requireUser(`/dashboard/homes/${kept.home.id}/hubs`);
  const made: OutputOf<typeof pairings> = await orNotFound(
    listCommissionings(
      await getRuntime(),
      { principal, via: 'page' },
      { params: { id: hub.hubId }, query: {}, body: undefined },
    ),
  );
  const past = await orNotFound(showHubPast(await getRuntime(), principal, hub.hubId));
  return { ...kept, hub, past, pairings: made };
});
