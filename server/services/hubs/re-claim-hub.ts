import { and, eq, isNotNull } from 'drizzle-orm';
import { locks, matterDevices, projects, things } from '@/drizzle/schema';
import type { reClaimHub as operation } from '../../contracts/hubs';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { Failure, invalidField } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { identityOf, projectOf } from '../../domain/principal';
import { endCommissionings } from '../commissionings/end-commissionings';
import type { Caller, Deps } from '../deps';
import { loadHome } from '../homes/load-home';
import { clearPins } from '../lock-pins/end-pins';
import { sendNextPin } from '../lock-pins/send-next';
import { changeHub, requireSelf } from './change-hub';
import { detachLocks, holdDoorsBehind } from './detach-locks';
import { giveUpLocks } from './give-up-locks';
import { holdHub, loadHub } from './load-hub';

/**
 * POST /hubs/{id}/ReClaimHub (lock-api 7): moves a hub to another home, and with the super key to another organisation.
 * Its locks stay behind: who could open a door cannot lose it to another home by a hub that is moved. Raises `invalid`,
 * `forbidden`, and `device_unreachable` while the hub is not connected.
 */
export async function reClaimHub(
  deps: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { db, clock, bus } = deps;
  const { hub, facts } = await loadHub(db, principal, params.id);
  authorise('hubs.reClaim', principal, facts);
  if (hub === undefined) throw new Failure('not_found');
  requireSelf(principal, body.userId);
  const site = await loadHome(db, principal, Number(body.newSiteId));
  const [organisation] = await db
    .select({ id: projects.id, uuid: projects.uuid })
    .from(projects)
    .where(eq(projects.id, projectOf(principal) ?? site.home?.projectId ?? 0));
  if (organisation?.uuid !== body.newOrgId) throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
  const { home } = site;
  if (home === undefined || home.projectId !== organisation.id)
    throw invalidField('newSiteId', 'there is no such home');
  if (principal.kind === 'user' && site.facts.role !== 'owner')
    throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
  if (hub.status === 'claimed' && (home.id !== hub.homeId || home.projectId !== hub.projectId)) {
    const doors = await db.select({ id: locks.id }).from(locks).where(eq(locks.hubId, hub.id));
    await clearPins(
      deps,
      doors.map(({ id }) => id),
      identityOf(principal),
      (id) => sendNextPin(deps, id),
    );
  }
  const { answer, lines } = await db.transaction(async (tx) => {
    const held = await holdHub(tx, hub.id);
    if (held === undefined || held.projectId !== hub.projectId || held.homeId !== hub.homeId)
      throw new Failure('conflict', { message: 'The hub has been moved meanwhile.' });
    const behind = await holdDoorsBehind(tx, held.id);
    const at = clock.now();
    const change = await changeHub(
      tx,
      held,
      {
        type: 'ReClaimHub',
        newOrgId: organisation.uuid,
        newSiteId: String(home.id),
        reason: body.reason,
        userId: body.userId,
      },
      { projectId: home.projectId, homeId: home.id, isPrimary: false, claimedBy: body.userId, claimedAt: at },
      { at, needsHub: true },
    );
    if (!change.isChanged) return change;
    const { projectId } = home;
    await tx.update(things).set({ projectId }).where(eq(things.name, held.thingName));
    await tx
      .delete(matterDevices)
      .where(and(eq(matterDevices.hubId, held.id), isNotNull(matterDevices.lockId)));
    await tx.update(matterDevices).set({ projectId }).where(eq(matterDevices.hubId, held.id));
    const doors = await detachLocks(tx, behind, at);
    const attempts = await endCommissionings(tx, held.id, 'HUB_MOVED', at);
    return { ...change, lines: [...change.lines, ...doors, ...attempts] };
  });
  bus.announce(lines);
  void giveUpLocks(deps, { id: hub.id });
  return answer;
}
