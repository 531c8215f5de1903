import { eq } from 'drizzle-orm';
import { devices, projects } from '@/drizzle/schema';
import { type registerDevice as operation, toWholeSeconds } from '../../contracts/devices';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { Failure, invalidField } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { projectOf } from '../../domain/principal';
import type { Caller, Deps } from '../deps';

const usualSeconds = 300;
const mostSeconds = 86_400;

/** POST /deviceRegistration (mode-api 5.5): a device opens itself to be claimed for a day at most, or ends that at once. */
export async function registerDevice(
  { db, clock }: Deps,
  { principal }: Caller,
  { body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  // The call lists no 404: another device, whether there is one or not, is simply not the caller's.
  const projectId = projectOf(principal) ?? null;
  authorise('devices.register', principal, { exists: true, projectId, subjectDeviceId: body.deviceId });
  const [found] = await db
    .select({ provisioning: projects.provisioning })
    .from(devices)
    .innerJoin(projects, eq(projects.id, devices.projectId))
    .where(eq(devices.id, body.deviceId));
  if (found?.provisioning !== 'pre') throw new Failure('forbidden', { reason: 'OPERATION_NOT_ALLOWED' });
  const seconds = Math.min(body.duration ?? usualSeconds, mostSeconds);
  if (body.claimable && seconds < 1) throw invalidField('duration', 'must be at least one second');
  const claimExpirationTime = body.claimable ? new Date(clock.now().getTime() + seconds * 1000) : null;
  await db.update(devices).set({ claimExpirationTime }).where(eq(devices.id, body.deviceId));
  return claimExpirationTime === null ? {} : { claimExpirationTime: toWholeSeconds(claimExpirationTime) };
}
