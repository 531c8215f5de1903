import { desc, eq } from 'drizzle-orm';
import { homeViews } from '@/drizzle/schema';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { listStaffViews, listViews as operation } from '../../contracts/views';
import { authorise } from '../../domain/permissions';
import { requireStaffPrincipal } from '../console/load-supported';
import type { Caller, Deps } from '../deps';
import { loadHome } from '../homes/load-home';
import { type HomeViewRow, toHomeView } from './view';

const most = 50;

async function readRows({ db }: Pick<Deps, 'db'>, homeId: number): Promise<HomeViewRow[]> {
  return db
    .select()
    .from(homeViews)
    .where(eq(homeViews.homeId, homeId))
    .orderBy(desc(homeViews.askedAt), desc(homeViews.id))
    .limit(most);
}

/** GET /homes/{homeId}/views: the newest fifty, for owners. */
export async function listViews(
  deps: Pick<Deps, 'db' | 'clock'>,
  { principal }: Pick<Caller, 'principal'>,
  { params: { homeId } }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { facts } = await loadHome(deps.db, principal, homeId);
  authorise('homes.views', principal, facts);
  const now = deps.clock.now();
  return { items: (await readRows(deps, homeId)).map((row) => toHomeView(row, now)) };
}

/** GET /staff/homes/{homeId}/views: the same for staff of the project. */
export async function listViewsForStaff(
  deps: Pick<Deps, 'db' | 'clock'>,
  { principal }: Pick<Caller, 'principal'>,
  { params: { homeId } }: InputOf<typeof listStaffViews>,
): Promise<OutputOf<typeof listStaffViews>> {
  const { facts } = await loadHome(deps.db, principal, homeId);
  authorise('staff.listViews', principal, facts);
  const { accountId } = requireStaffPrincipal(principal);
  const now = deps.clock.now();
  return {
    items: (await readRows(deps, homeId)).map((row) => ({
      ...toHomeView(row, now),
      isOwn: row.accountId === accountId,
    })),
  };
}
