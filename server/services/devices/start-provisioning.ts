import { and, eq, lte } from 'drizzle-orm';
import { deviceClasses, projects, provisioningTokens } from '@/drizzle/schema';
import type { startProvisioning as operation } from '../../contracts/devices';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { toTimestamp } from '../../contracts/values';
import { Failure, invalidField } from '../../domain/errors';
import type { Caller, Deps } from '../deps';
import { authoriseInHome } from '../homes/authorise-in-home';
import { loadHome } from '../homes/load-home';
import { hashToken, randomKey } from '../secrets';

const tokenLifeMs = 10 * 60_000;

/** POST /homes/{homeId}/deviceProvisioning (mode-api 5.5): a token, good once and for ten minutes. */
export async function startProvisioning(
  { db, clock }: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { home, facts } = await loadHome(db, principal, params.homeId);
  authoriseInHome('devices.provision', principal, facts);
  if (home === undefined) throw new Failure('internal');
  const [found] = await db
    .select({ provisioning: projects.provisioning, classId: deviceClasses.classId })
    .from(projects)
    .leftJoin(
      deviceClasses,
      and(eq(deviceClasses.projectId, projects.id), eq(deviceClasses.classId, body.deviceClass)),
    )
    .where(eq(projects.id, home.projectId));
  if (found?.provisioning !== 'on-demand')
    throw new Failure('forbidden', { reason: 'OPERATION_NOT_ALLOWED' });
  if (found.classId === null)
    throw invalidField('deviceClass', 'there is no such device class', 'INVALID_DEVICE_CLASS');
  const now = clock.now();
  const expiresAt = new Date(now.getTime() + tokenLifeMs);
  const token = randomKey();
  await db.transaction(async (tx) => {
    await tx
      .delete(provisioningTokens)
      .where(and(eq(provisioningTokens.homeId, home.id), lte(provisioningTokens.expiresAt, now)));
    await tx.insert(provisioningTokens).values({
      tokenHash: hashToken(token),
      homeId: home.id,
      deviceClass: body.deviceClass,
      ...(body.deviceTag === undefined ? {} : { deviceTag: body.deviceTag }),
      expiresAt,
    });
  });
  return { token, expirationTime: toTimestamp(expiresAt) };
}
