import { and, eq, gt, isNull } from 'drizzle-orm';
import { homes, provisioningTokens } from '@/drizzle/schema';
import type { Device, addDevice as operation } from '../../contracts/devices';
import type { InputOf } from '../../contracts/operation';
import { Failure, invalidField } from '../../domain/errors';
import { projectOf } from '../../domain/principal';
import type { Caller, Deps } from '../deps';
import { requireQuota } from '../projects/require-quota';
import { hashToken } from '../secrets';
import { insertDevices } from './insert-devices';
import { recordPresence } from './record-presence';
import { toDevice } from './view';

type Wanted = InputOf<typeof operation>['body'] & { token: string };

const noSuchToken = () => invalidField('token', 'is unknown, used or expired', 'INVALID_TOKEN');

/**
 * Makes the device that a provisioning token stands for; the one answer that holds its API key (mode-api 5.5). The
 * token rules: other fields may repeat what it says and nothing else, and a refusal leaves it good.
 */
export async function redeemToken(
  { db, clock, bus }: Deps,
  { principal }: Caller,
  wanted: Wanted,
): Promise<Device> {
  const now = clock.now();
  const { device, line } = await db.transaction(async (tx) => {
    const [token] = await tx
      .update(provisioningTokens)
      .set({ usedAt: now })
      .where(
        and(
          eq(provisioningTokens.tokenHash, hashToken(wanted.token)),
          isNull(provisioningTokens.usedAt),
          gt(provisioningTokens.expiresAt, now),
        ),
      )
      .returning();
    if (token === undefined) throw noSuchToken();
    const [home] = await tx.select().from(homes).where(eq(homes.id, token.homeId)).for('key share');
    if (home === undefined) throw noSuchToken();
    if (principal.kind !== 'anonymous' && projectOf(principal) !== home.projectId) throw noSuchToken();
    if (home.deactivated) throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
    for (const [field, given, bound] of [
      ['homeId', wanted.homeId, token.homeId],
      ['deviceClass', wanted.deviceClass, token.deviceClass],
      ['deviceTag', wanted.deviceTag, token.deviceTag],
    ] as const) {
      if (given !== undefined && given !== bound) throw invalidField(field, 'does not match the token');
    }
    await requireQuota(tx, {
      projectId: home.projectId,
      homeId: home.id,
      adds: { maxDevices: 1, maxDevicesPerHome: 1 },
    });
    const [made] = await insertDevices(
      tx,
      [
        {
          projectId: home.projectId,
          homeId: home.id,
          deviceClass: token.deviceClass,
          tag: token.deviceTag,
          isOnDemand: true,
          claimTime: now,
        },
      ],
      now,
    );
    if (made === undefined) throw new Failure('internal');
    const line = await recordPresence(tx, home.id, made.row.id, 'added');
    return { device: { ...toDevice(made.row), apiKey: made.apiKey }, line };
  });
  bus.announce([line]);
  return device;
}
