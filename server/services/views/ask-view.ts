import { randomUUID } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import { homeViews } from '@/drizzle/schema';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { askView as operation } from '../../contracts/views';
import { Failure } from '../../domain/errors';
import { record } from '../../event-store/outbox';
import { loadSupportedHome } from '../console/load-supported';
import { recordHomeDeed } from '../console/record-support';
import type { Caller, Deps } from '../deps';
import { lockHome } from '../members/keep-owner';
import { closePassed, openStatuses, toHomeView } from './view';

/** Milliseconds for which an owner may answer. */
const answerableMs = 60 * 60_000;

/**
 * POST /staff/homes/{homeId}/views: asks the owners for a look at their pages, with a reason that they are shown and
 * told of by mail.
 * Raises `conflict` while an earlier request or look of the same account is open.
 */
export async function askView(
  deps: Deps,
  { principal, address }: Caller,
  { params: { homeId }, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { db, bus, clock } = deps;
  const { home, staff } = await loadSupportedHome(db, 'staff.askView', principal, homeId);
  const at = clock.now();
  const { view, line } = await db.transaction(async (tx) => {
    await lockHome(tx, homeId);
    await closePassed(tx, homeId, at);
    const [open] = await tx
      .select({ id: homeViews.id })
      .from(homeViews)
      .where(
        and(
          eq(homeViews.homeId, homeId),
          eq(homeViews.accountId, staff.accountId),
          inArray(homeViews.status, [...openStatuses]),
        ),
      );
    if (open !== undefined)
      throw new Failure('conflict', {
        reason: 'VIEW_OPEN',
        message: 'A look at this home was asked for already, or is under way.',
      });
    const [row] = await tx
      .insert(homeViews)
      .values({
        id: randomUUID(),
        homeId,
        accountId: staff.accountId,
        staffName: staff.name,
        reason: body.reason,
        minutes: body.minutes,
        status: 'asked',
        askedAt: at,
        expiresAt: new Date(at.getTime() + answerableMs),
      })
      .returning();
    if (row === undefined) throw new Error('a row that was inserted was not returned');
    await recordHomeDeed(deps, tx, { staff, address }, home, {
      action: 'view.ask',
      subject: { kind: 'view', id: row.id },
      reason: body.reason,
      data: { minutes: body.minutes },
    });
    const made = toHomeView(row, at);
    return { view: made, line: await record(tx, homeId, 'view', made) };
  });
  bus.announce([line]);
  return view;
}
