import { and, eq } from 'drizzle-orm';
import { devices, homes, projects } from '@/drizzle/schema';
import type { Device, addDevice as operation } from '../../contracts/devices';
import type { InputOf } from '../../contracts/operation';
import { Failure, invalidField, missingField } from '../../domain/errors';
import type { Caller, Deps } from '../deps';
import { authoriseInHome } from '../homes/authorise-in-home';
import { loadHome } from '../homes/load-home';
import { requireQuota } from '../projects/require-quota';
import { countAttempt } from '../rates/count-attempt';
import { hashClaimCode } from './claim-code';
import { recordPresence } from './record-presence';
import { toDevice } from './view';

const refuse = (reason: string, message: string) =>
  new Failure('invalid', { reason, message, issues: [{ field: 'claimCode', message }] });

/**
 * Claims a pre-provisioned device for a home (mode-api 5.5). One that is in another home moves, with a fresh claim
 * time, and its old members lose it; claim mode ends with the claim.
 */
export async function claimDevice(
  deps: Deps,
  { principal }: Caller,
  { homeId, claimCode }: InputOf<typeof operation>['body'],
): Promise<Device> {
  const { db, clock, bus } = deps;
  if (principal.kind !== 'user') throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
  if (homeId === undefined) throw missingField('homeId');
  const { facts } = await loadHome(db, principal, homeId);
  authoriseInHome('devices.add', principal, facts);
  const { projectId, userId } = principal;
  const [project] = await db.select().from(projects).where(eq(projects.id, projectId));
  if (claimCode === undefined || claimCode === '')
    throw missingField(project?.provisioning === 'on-demand' ? 'token' : 'claimCode');
  if (project?.provisioning === 'on-demand')
    throw new Failure('forbidden', { reason: 'OPERATION_NOT_ALLOWED' });
  await countAttempt(deps, `claim ${userId}`, 60, 600);
  const now = clock.now();
  const { made, lines } = await db.transaction(async (tx) => {
    const [device] = await tx
      .select()
      .from(devices)
      .where(and(eq(devices.projectId, projectId), eq(devices.claimHash, hashClaimCode(claimCode))))
      .for('no key update');
    if (device === undefined) throw refuse('INVALID_CLAIM_CODE', 'belongs to no device');
    if (device.homeId === homeId)
      throw refuse('DEVICE_ALREADY_IN_HOME', 'the device is in this home already');
    if (device.claimExpirationTime === null || device.claimExpirationTime <= now)
      throw refuse('DEVICE_NOT_CLAIMABLE', 'the device is not in claim mode');
    await requireQuota(tx, { projectId, homeId, adds: { maxDevicesPerHome: 1 } });
    const [home] = await tx.select({ id: homes.id }).from(homes).where(eq(homes.id, homeId)).for('key share');
    if (home === undefined) throw invalidField('homeId', 'there is no such home', 'INVALID_HOME_ID');
    const [row] = await tx
      .update(devices)
      .set({ homeId, claimTime: now, claimExpirationTime: null })
      .where(eq(devices.id, device.id))
      .returning();
    if (row === undefined) throw new Failure('internal');
    const lines = [
      device.homeId === null ? undefined : await recordPresence(tx, device.homeId, device.id, 'removed'),
      await recordPresence(tx, homeId, device.id, 'added'),
    ];
    return { made: toDevice(row), lines };
  });
  bus.announce(lines);
  return made;
}
