import { eq } from 'drizzle-orm';
import { homeViews } from '@/drizzle/schema';
import type { InputOf } from '../../contracts/operation';
import type { endView as operation, endStaffView as staffOperation } from '../../contracts/views';
import { Failure } from '../../domain/errors';
import { authorise, type Facts } from '../../domain/permissions';
import { record } from '../../event-store/outbox';
import { recordDeed } from '../audit/record';
import type { Caller, Deps } from '../deps';
import { loadHome } from '../homes/load-home';
import { type HomeViewRow, holdView, toHomeView } from './view';

/** Ends a look; one that is over already stays as it ended. `mayEnd` holds what is the caller's to end. */
async function end(
  { db, bus, clock }: Deps,
  { principal, address }: Caller,
  { homeId, viewId }: { homeId: number; viewId: string },
  { projectId }: Facts,
  mayEnd: (row: HomeViewRow) => boolean,
): Promise<undefined> {
  const at = clock.now();
  const line = await db.transaction(async (tx) => {
    const held = await holdView(tx, homeId, viewId);
    if (held === undefined || !mayEnd(held)) throw new Failure('not_found', { reason: 'NOT_FOUND' });
    if (held.status !== 'asked' && held.status !== 'granted') return undefined;
    const [row] = await tx
      .update(homeViews)
      .set({ status: 'ended', endedAt: at })
      .where(eq(homeViews.id, viewId))
      .returning();
    if (row === undefined) throw new Error('a row that is held was not changed');
    await recordDeed(tx, principal, {
      projectId: projectId as number,
      homeId,
      action: 'view.end',
      subject: { kind: 'view', id: viewId },
      address: address ?? null,
      data: { staff: held.staffName },
      at,
    });
    return record(tx, homeId, 'view', toHomeView(row, at));
  });
  bus.announce([line]);
}

/** DELETE /homes/{homeId}/views/{viewId}: an owner ends a look; the next thing that staff ask for is refused. */
export async function endView(
  deps: Deps,
  caller: Caller,
  { params }: InputOf<typeof operation>,
): Promise<undefined> {
  const { facts } = await loadHome(deps.db, caller.principal, params.homeId);
  authorise('homes.endView', caller.principal, facts);
  return end(deps, caller, params, facts, () => true);
}

/** DELETE /staff/homes/{homeId}/views/{viewId}: staff end their own look, or take their request back. */
export async function endOwnView(
  deps: Deps,
  caller: Caller,
  { params }: InputOf<typeof staffOperation>,
): Promise<undefined> {
  const { principal } = caller;
  const { facts } = await loadHome(deps.db, principal, params.homeId);
  authorise('staff.endView', principal, facts);
  return end(
    deps,
    caller,
    params,
    facts,
    ({ accountId }) => principal.kind === 'staff' && accountId === principal.accountId,
  );
}
