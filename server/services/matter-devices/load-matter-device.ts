import { and, eq } from 'drizzle-orm';
import { homeMembers, homes, hubs, matterDevices, users } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import type { Facts } from '../../domain/permissions';
import type { Principal } from '../../domain/principal';

export type MatterDeviceRow = typeof matterDevices.$inferSelect;

/** A Matter device, how its hub stands, and what the permission table needs to know of it and the caller. */
export async function loadMatterDevice(
  db: Executor,
  principal: Principal,
  id: string,
): Promise<{ device: MatterDeviceRow | undefined; isHubInUse: boolean; facts: Facts }> {
  const userId = principal.kind === 'user' ? principal.userId : 0;
  const [row] = await db
    .select({
      device: matterDevices,
      hubStatus: hubs.status,
      deactivated: homes.deactivated,
      role: homeMembers.role,
      verified: users.verified,
    })
    .from(matterDevices)
    .innerJoin(hubs, eq(hubs.id, matterDevices.hubId))
    .leftJoin(homes, eq(homes.id, hubs.homeId))
    .leftJoin(homeMembers, and(eq(homeMembers.homeId, homes.id), eq(homeMembers.userId, userId)))
    .leftJoin(users, eq(users.id, homeMembers.userId))
    .where(eq(matterDevices.id, id));
  if (row === undefined) return { device: undefined, isHubInUse: false, facts: { exists: false } };
  return {
    device: row.device,
    isHubInUse: row.hubStatus !== 'suspended' && row.hubStatus !== 'decommissioned',
    facts: {
      exists: true,
      projectId: row.device.projectId,
      deactivated: row.deactivated ?? false,
      role: row.verified === true ? (row.role ?? undefined) : undefined,
    },
  };
}
