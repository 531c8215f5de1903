import { recordDeed } from '../services/audit/record';
import type { Factory } from './factories';

/** Deeds of one member of staff at a home, each with its reason, the last one written last. */
export async function auditDeeds(
  { deps: { db } }: Factory,
  { projectId, homeId, count }: { projectId: number; homeId: number; count: number },
): Promise<void> {
  const sam = {
    kind: 'staff',
    accountId: 7,
    sessionId: '00000000-0000-0000-0000-000000000007',
    name: 'Sam',
    role: 'support',
    projects: [projectId],
  } as const;
  for (let index = 0; index < count; index += 1)
    await recordDeed(db, sam, {
      projectId,
      homeId,
      action: 'home.deactivate',
      subject: { kind: 'home', id: String(homeId) },
      reason: `The owner called (${index})`,
      at: new Date(),
    });
}
