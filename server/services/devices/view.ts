import type { devices } from '@/drizzle/schema';
import { type Device, toWholeSeconds } from '../../contracts/devices';
import { toTimestamp } from '../../contracts/values';
import type { Principal } from '../../domain/principal';
import type { Secrets } from '../secrets';
import { openClaimCode } from './claim-code';

export type DeviceRow = typeof devices.$inferSelect;

const timeOf = (name: string, at: Date | null, write: (at: Date) => string) =>
  at === null ? {} : { [name]: write(at) };

/** Device as the wire shows it; absent instead of null, claim times in whole seconds (mode-api 1.6). */
export const toDevice = (row: DeviceRow): Device => ({
  id: row.id,
  projectId: row.projectId,
  ...(row.name === null ? {} : { name: row.name }),
  ...(row.tag === null ? {} : { tag: row.tag }),
  deviceClass: row.deviceClass,
  ...(row.homeId === null ? {} : { homeId: row.homeId }),
  ...timeOf('claimTime', row.claimTime, toWholeSeconds),
  ...timeOf('claimExpirationTime', row.claimExpirationTime, toWholeSeconds),
  isConnected: row.isConnected,
  ...timeOf('lastConnectTime', row.lastConnectTime, toTimestamp),
  ...timeOf('lastDisconnectTime', row.lastDisconnectTime, toTimestamp),
  ...timeOf('lastCommandTime', row.lastCommandTime, toTimestamp),
  ...timeOf('lastEventTime', row.lastEventTime, toTimestamp),
  creationTime: toTimestamp(row.createdAt),
});

/** Device as this caller may see it: an administrator's key sees the claim code, users and devices never do (mode-api 4). */
export function deviceFor(secrets: Secrets, principal: Principal, row: DeviceRow): Device {
  const seesCode = principal.kind === 'projectKey' && principal.permissions.includes('admin');
  if (!seesCode || row.sealedClaimCode === null) return toDevice(row);
  return { ...toDevice(row), claimCode: openClaimCode(secrets, row.sealedClaimCode) };
}
