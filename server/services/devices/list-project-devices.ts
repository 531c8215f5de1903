import { asc, eq } from 'drizzle-orm';
import { devices } from '@/drizzle/schema';
import type { Device } from '../../contracts/devices';
import type { Deps } from '../deps';
import { openClaimCode } from './claim-code';
import { toDevice } from './view';

/** Devices of a project with their claim codes, for an operator. */
export async function listProjectDevices(
  { db, secrets }: Pick<Deps, 'db' | 'secrets'>,
  projectId: number,
): Promise<Device[]> {
  const rows = await db
    .select()
    .from(devices)
    .where(eq(devices.projectId, projectId))
    .orderBy(asc(devices.id));
  return rows.map((row) => ({
    ...toDevice(row),
    ...(row.sealedClaimCode === null ? {} : { claimCode: openClaimCode(secrets, row.sealedClaimCode) }),
  }));
}
