import { eq } from 'drizzle-orm';
import { homeViews } from '@/drizzle/schema';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { answerView as operation } from '../../contracts/views';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { record } from '../../event-store/outbox';
import { recordDeed } from '../audit/record';
import type { Caller, Deps } from '../deps';
import { loadHome } from '../homes/load-home';
import { holdView, toHomeView } from './view';

/**
 * POST /homes/{homeId}/views/{viewId}/answer: an owner lets staff look through their own eyes for the minutes that were
 * asked for, or refuses. Raises `conflict` when it was answered, or its time has passed.
 */
export async function answerView(
  { db, bus, clock }: Deps,
  { principal, address }: Caller,
  { params: { homeId, viewId }, body: { granted } }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { facts } = await loadHome(db, principal, homeId);
  authorise('homes.answerView', principal, facts);
  if (principal.kind !== 'user') throw new Failure('forbidden');
  const { projectId } = principal;
  const at = clock.now();
  const { view, line } = await db.transaction(async (tx) => {
    const held = await holdView(tx, homeId, viewId);
    if (held === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
    if (held.status !== 'asked' || held.expiresAt <= at)
      throw new Failure('conflict', {
        reason: 'VIEW_DECIDED',
        message: 'This request was answered, or its time has passed.',
      });
    const [row] = await tx
      .update(homeViews)
      .set({
        status: granted ? 'granted' : 'refused',
        decidedBy: principal.userId,
        decidedAt: at,
        ...(granted ? { expiresAt: new Date(at.getTime() + held.minutes * 60_000) } : { endedAt: at }),
      })
      .where(eq(homeViews.id, viewId))
      .returning();
    if (row === undefined) throw new Error('a row that is held was not changed');
    await recordDeed(tx, principal, {
      projectId,
      homeId,
      action: granted ? 'view.grant' : 'view.refuse',
      subject: { kind: 'view', id: viewId },
      address: address ?? null,
      data: { staff: held.staffName, minutes: held.minutes },
      at,
    });
    const answered = toHomeView(row, at);
    return { view: answered, line: await record(tx, homeId, 'view', answered) };
  });
  bus.announce([line]);
  return view;
}
