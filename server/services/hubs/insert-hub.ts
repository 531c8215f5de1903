import { hubs } from '@/drizzle/schema';
import type { Transaction } from '../../db/client';
import { decideHub, initialHub } from '../../domain/hub/aggregate';
import { appendEvents } from '../../event-store/append';
import { hashClaimCode, makeClaimCode, sealClaimCode } from '../devices/claim-code';
import { requireQuota } from '../projects/require-quota';
import type { Secrets } from '../secrets';
import { type HubRow, hubThing, orgIdOf } from './load-hub';

/** Writes a new hub and its HubProvisioned. Its claim code is kept hashed and sealed, and given out here. */
export async function insertHub(
  tx: Transaction,
  secrets: Secrets,
  wanted: {
    id: string;
    projectId: number | null;
    serial: string;
    model: string;
    thingName?: string | undefined;
    vendorName?: string | undefined;
  },
  at: Date,
): Promise<{ hub: HubRow; claimCode: string; event: { type: string; data: Record<string, unknown> } }> {
  await requireQuota(tx, { projectId: wanted.projectId, adds: { maxHubs: 1 } });
  const claimCode = makeClaimCode();
  const { id, projectId, serial, model, vendorName } = wanted;
  const thingName = wanted.thingName ?? hubThing(id);
  const events = decideHub(
    id,
    initialHub,
    { type: 'ProvisionHub', serial, model, thingName, vendorName },
    at,
  );
  const [hub] = await tx
    .insert(hubs)
    .values({
      id,
      projectId,
      serial,
      model,
      vendorName,
      thingName,
      version: events.length,
      claimHash: hashClaimCode(claimCode),
      sealedClaimCode: sealClaimCode(secrets, claimCode),
      createdAt: at,
    })
    .returning();
  const [event] = events;
  if (hub === undefined || event === undefined) throw new Error('no hub was made');
  const orgId = await orgIdOf(tx, projectId);
  await appendEvents(tx, { aggregateType: 'hub', aggregateId: id, orgId, version: 0 }, events, at);
  return { hub, claimCode, event };
}
