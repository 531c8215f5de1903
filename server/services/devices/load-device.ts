import { and, eq, sql } from 'drizzle-orm';
import { devices, homeMembers, homes, users } from '@/drizzle/schema';
import type { Database } from '../../db/client';
import { prepared } from '../../db/prepared';
import type { Facts } from '../../domain/permissions';
import type { Principal } from '../../domain/principal';
import type { DeviceRow } from './view';

/** Memberships count once the person is verified (model 2). */
const query = prepared((db: Database) =>
  db
    .select({
      device: devices,
      deactivated: homes.deactivated,
      role: homeMembers.role,
      verified: users.verified,
    })
    .from(devices)
    .leftJoin(homes, eq(homes.id, devices.homeId))
    .leftJoin(
      homeMembers,
      and(eq(homeMembers.homeId, devices.homeId), eq(homeMembers.userId, sql.placeholder('userId'))),
    )
    .leftJoin(users, eq(users.id, homeMembers.userId))
    .where(eq(devices.id, sql.placeholder('deviceId')))
    .prepare('load_device'),
);

/** A device and what the permission table needs to know of it, its home and the caller. */
export async function loadDevice(
  db: Database,
  principal: Principal,
  deviceId: number,
): Promise<{ device: DeviceRow | undefined; facts: Facts }> {
  const userId = principal.kind === 'user' ? principal.userId : 0;
  const [row] = await query(db).execute({ deviceId, userId });
  if (row === undefined) return { device: undefined, facts: { exists: false, subjectDeviceId: deviceId } };
  return {
    device: row.device,
    facts: {
      exists: true,
      projectId: row.device.projectId,
      subjectDeviceId: deviceId,
      deactivated: row.deactivated === true,
      role: row.verified === true ? (row.role ?? undefined) : undefined,
    },
  };
}
