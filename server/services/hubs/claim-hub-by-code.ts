import { and, eq } from 'drizzle-orm';
import { hubs, things } from '@/drizzle/schema';
import type { claimHubByCode as operation } from '../../contracts/hubs';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { Failure, invalidField } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { identityOf } from '../../domain/principal';
import type { Caller, Deps } from '../deps';
import { hashClaimCode } from '../devices/claim-code';
import { loadHome } from '../homes/load-home';
import { countAttempt } from '../rates/count-attempt';
import { changeHub } from './change-hub';
import { orgIdOf } from './load-hub';
import { toHub } from './view';

const triesMost = 10;
const windowSeconds = 600;

/** The same words for a wrong code, an unknown hub, somebody else's, and one that is claimed. */
const notClaimable = () =>
  invalidField('claimCode', 'does not belong to this serial number, or the hub is claimed already');

/**
 * POST /hubs/claim (ours): an owner ties a hub to his home by what stands on its label. Whoever can read the label has the
 * hub in hand, so it need not be connected yet. Raises `invalid` alike for every pair that is none; `rate_limited` by
 * person and by serial number.
 */
export async function claimHubByCode(
  deps: Deps,
  { principal }: Caller,
  { body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { db, clock, bus } = deps;
  const { home, facts } = await loadHome(db, principal, Number(body.siteId));
  authorise('hubs.claimByCode', principal, facts);
  if (home === undefined) throw new Failure('not_found');
  const { id: userId } = identityOf(principal);
  await countAttempt(deps, `hub-claim by ${userId}`, triesMost, windowSeconds);
  await countAttempt(deps, `hub-claim of ${body.serial}`, triesMost, windowSeconds);
  const orgId = await orgIdOf(db, home.projectId);
  if (orgId === null) throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
  const { hub, lines, at } = await db.transaction(async (tx) => {
    const [held] = await tx
      .select()
      .from(hubs)
      .where(
        and(
          eq(hubs.serial, body.serial),
          eq(hubs.claimHash, hashClaimCode(body.claimCode)),
          eq(hubs.status, 'provisioned'),
        ),
      )
      .for('update');
    const isOthers = held !== undefined && held.projectId !== null && held.projectId !== home.projectId;
    if (held === undefined || isOthers || held.homeId !== null) throw notClaimable();
    const now = clock.now();
    await tx.update(things).set({ projectId: home.projectId }).where(eq(things.name, held.thingName));
    const change = await changeHub(
      tx,
      held,
      { type: 'ClaimHub', orgId, siteId: String(home.id), userId },
      {
        projectId: home.projectId,
        homeId: home.id,
        status: 'claimed',
        claimedBy: userId,
        claimedAt: now,
        // A hub that has its credentials needs the code no more; one that has not still fetches them by it.
        ...(held.sealedClaimCode === null ? { claimHash: null } : {}),
      },
      { at: now, needsHub: false },
    );
    return { ...change, at: now };
  });
  bus.announce(lines);
  return toHub(hub, orgId, at);
}
