import { and, asc, eq } from 'drizzle-orm';
import { staffViews } from '@/drizzle/schema';
import type { removeView as removal, SavedView, saveView as saving } from '../../contracts/console';
import type { InputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { requireStaffPrincipal } from './load-supported';

const viewsMost = 50;
type Row = typeof staffViews.$inferSelect;
const toView = ({ id, name, query }: Row): SavedView => ({ id, name, query: query as SavedView['query'] });

/** GET /staff/views: the searches that the caller keeps, by name. */
export async function listViews({ db }: Deps, { principal }: Caller): Promise<{ items: SavedView[] }> {
  authorise('staff.views', principal);
  const { accountId } = requireStaffPrincipal(principal);
  const rows = await db
    .select()
    .from(staffViews)
    .where(eq(staffViews.accountId, accountId))
    .orderBy(asc(staffViews.name));
  return { items: rows.map(toView) };
}

/** PUT /staff/views: keeps a search under a name, in the place of one that had it. Raises `invalid` TOO_MANY_VIEWS. */
export async function saveView(
  { db, clock }: Deps,
  { principal }: Caller,
  { body }: InputOf<typeof saving>,
): Promise<SavedView> {
  authorise('staff.saveView', principal);
  const { accountId } = requireStaffPrincipal(principal);
  const query = Object.fromEntries(Object.entries(body.query).filter(([, value]) => value !== undefined));
  const kept = await db
    .select({ name: staffViews.name })
    .from(staffViews)
    .where(eq(staffViews.accountId, accountId));
  if (kept.length >= viewsMost && !kept.some(({ name }) => name === body.name))
    throw new Failure('invalid', {
      reason: 'TOO_MANY_VIEWS',
      message: `${viewsMost} searches are kept at most. Remove one first.`,
    });
  const [row] = await db
    .insert(staffViews)
    .values({ accountId, name: body.name, query, createdAt: clock.now() })
    .onConflictDoUpdate({ target: [staffViews.accountId, staffViews.name], set: { query } })
    .returning();
  if (row === undefined) throw new Error('no view was kept');
  return toView(row);
}

/** DELETE /staff/views/{viewId}. Raises `not_found` for those of others. */
export async function removeView(
  { db }: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof removal>,
): Promise<undefined> {
  authorise('staff.removeView', principal);
  const { accountId } = requireStaffPrincipal(principal);
  const gone = await db
    .delete(staffViews)
    .where(and(eq(staffViews.id, params.viewId), eq(staffViews.accountId, accountId)))
    .returning({ id: staffViews.id });
  if (gone.length === 0) throw new Failure('not_found', { reason: 'NOT_FOUND' });
}
