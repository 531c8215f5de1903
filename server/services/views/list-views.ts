import { desc, eq } from 'drizzle-orm';
import { homeViews } from '@/drizzle/schema';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { listStaffViews, listViews as operation } from '../../contracts/views';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadHome } from '../homes/load-home';
import { toHomeView } from './view';

const most = 50;

async function readViews({ db, clock }: Pick<Deps, 'db' | 'clock'>, homeId: number) {
  const rows = await db
    .select()
    .from(homeViews)
    .where(eq(homeViews.homeId, homeId))
    .orderBy(desc(homeViews.askedAt), desc(homeViews.id))
    .limit(most);
  const now = clock.now();
  return { items: rows.map((row) => toHomeView(row, now)) };
}

/** GET /homes/{homeId}/views: the newest fifty, for owners. */
export async function listViews(
  deps: Pick<Deps, 'db' | 'clock'>,
  { principal }: Pick<Caller, 'principal'>,
  { params: { homeId } }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { facts } = await loadHome(deps.db, principal, homeId);
  authorise('homes.views', principal, facts);
  return readViews(deps, homeId);
}

/** GET /staff/homes/{homeId}/views: the same for staff of the project. */
export async function listViewsForStaff(
  deps: Pick<Deps, 'db' | 'clock'>,
  { principal }: Pick<Caller, 'principal'>,
  { params: { homeId } }: InputOf<typeof listStaffViews>,
): Promise<OutputOf<typeof listStaffViews>> {
  const { facts } = await loadHome(deps.db, principal, homeId);
  authorise('staff.listViews', principal, facts);
  return readViews(deps, homeId);
}
