import { eq } from 'drizzle-orm';
import { things } from '@/drizzle/schema';
import type { claimHub as operation } from '../../contracts/hubs';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { Failure, invalidField } from '../../domain/errors';
import { notClaimable } from '../../domain/hub/aggregate';
import { authorise } from '../../domain/permissions';
import { projectOf } from '../../domain/principal';
import type { Caller, Deps } from '../deps';
import { loadHome } from '../homes/load-home';
import { changeHub, requireSelf } from './change-hub';
import { holdHub, loadHub, orgIdOf } from './load-hub';

const forbidden = () => new Failure('forbidden', { reason: 'PERMISSION_DENIED' });

/**
 * POST /hubs/{id}/ClaimHub (lock-api 7): ties a hub to a home; `siteId` is the home's id. Raises `invalid` for a hub that
 * is not there, is another's or is claimed already, all in the same words; `forbidden` for a foreign organisation;
 * `device_unreachable` while the hub is not connected.
 */
export async function claimHub(
  deps: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { db, clock, bus } = deps;
  const { hub, facts } = await loadHub(db, principal, params.id);
  const site = await loadHome(db, principal, Number(body.siteId));
  try {
    authorise('hubs.claim', principal, { ...facts, role: site.facts.role });
  } catch (error) {
    if (error instanceof Failure && error.code === 'not_found') throw invalidField('hubId', notClaimable);
    throw error;
  }
  requireSelf(principal, body.userId);
  const ownProject = projectOf(principal);
  if (ownProject !== undefined && body.orgId !== undefined && body.orgId !== (await orgIdOf(db, ownProject)))
    throw forbidden();
  const { home } = site;
  if (home === undefined || (ownProject !== undefined && home.projectId !== ownProject))
    throw invalidField('siteId', 'there is no such home');
  const orgId = await orgIdOf(db, home.projectId);
  if (orgId === null || (body.orgId !== undefined && body.orgId !== orgId)) throw forbidden();
  if (hub === undefined) throw invalidField('hubId', notClaimable);
  const { answer, lines } = await db.transaction(async (tx) => {
    const held = await holdHub(tx, hub.id);
    // Another organisation may have been quicker.
    if (held === undefined || (held.projectId !== null && held.projectId !== home.projectId))
      throw invalidField('hubId', notClaimable);
    const at = clock.now();
    await tx.update(things).set({ projectId: home.projectId }).where(eq(things.name, held.thingName));
    return changeHub(
      tx,
      held,
      { type: 'ClaimHub', orgId, siteId: String(home.id), userId: body.userId },
      {
        projectId: home.projectId,
        homeId: home.id,
        status: 'claimed',
        claimedBy: body.userId,
        claimedAt: at,
      },
      { at, needsHub: true },
    );
  });
  bus.announce(lines);
  return answer;
}
