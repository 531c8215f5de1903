import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import { hubs, things } from '@/drizzle/schema';
import type { startHub as operation } from '../../contracts/hubs';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import type { Caller, Deps } from '../deps';
import { hashClaimCode } from '../devices/claim-code';
import { countAttempt } from '../rates/count-attempt';
import { hashToken, randomKey } from '../secrets';

const triesMost = 10;
const windowSeconds = 600;

/**
 * POST /hubs/provision (ours): a hub fetches its MQTT credentials by its serial number and the claim code on its label,
 * once. Every refusal is the same `forbidden`; `rate_limited` by address and by serial number.
 */
export async function startHub(
  deps: Deps,
  { address }: Caller,
  { body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { db, mqttAccess } = deps;
  await countAttempt(deps, `hub-start from ${address ?? 'unknown'}`, triesMost, windowSeconds);
  await countAttempt(deps, `hub-start of ${body.serial}`, triesMost, windowSeconds);
  const password = randomKey();
  const started = await db.transaction(async (tx) => {
    const [hub] = await tx
      .select()
      .from(hubs)
      .where(
        and(
          eq(hubs.serial, body.serial),
          eq(hubs.claimHash, hashClaimCode(body.claimCode)),
          isNotNull(hubs.sealedClaimCode),
          inArray(hubs.status, ['provisioned', 'claimed']),
        ),
      )
      .for('update');
    if (hub === undefined) return undefined;
    // A person may still claim the hub by the same code: its hash stays until both have happened.
    const isClaimed = hub.homeId !== null;
    await tx
      .update(hubs)
      .set({ sealedClaimCode: null, ...(isClaimed ? { claimHash: null } : {}) })
      .where(eq(hubs.id, hub.id));
    await tx
      .update(things)
      .set({ passwordHash: hashToken(password) })
      .where(eq(things.name, hub.thingName));
    return hub;
  });
  if (started === undefined) throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
  const {
    ca = null,
    url,
    host,
    port,
    tlsPort,
  } = (await mqttAccess?.()) ?? {
    host: 'localhost',
    port: 1883,
    tlsPort: null,
  };
  return {
    hubId: started.id,
    thing: started.thingName,
    mqtt: {
      ...(url === undefined ? {} : { url }),
      host,
      port,
      tlsPort,
      username: started.thingName,
      password,
    },
    ca,
  };
}
