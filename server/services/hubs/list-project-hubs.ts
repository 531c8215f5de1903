import { asc, eq } from 'drizzle-orm';
import { hubs } from '@/drizzle/schema';
import type { HubView } from '../../contracts/hubs';
import type { Deps } from '../deps';
import { openClaimCode } from '../devices/claim-code';
import { orgIdOf } from './load-hub';
import { toHub } from './view';

/** Hubs of a project for its operator, each with the claim code that it has not used yet. */
export async function listProjectHubs(
  { db, secrets, clock }: Pick<Deps, 'db' | 'secrets' | 'clock'>,
  projectId: number,
): Promise<(HubView & { claimCode?: string })[]> {
  const orgId = await orgIdOf(db, projectId);
  const rows = await db.select().from(hubs).where(eq(hubs.projectId, projectId)).orderBy(asc(hubs.id));
  return rows.map((hub) => ({
    ...toHub(hub, orgId, clock.now()),
    ...(hub.sealedClaimCode === null ? {} : { claimCode: openClaimCode(secrets, hub.sealedClaimCode) }),
  }));
}
