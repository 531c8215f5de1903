import { randomUUID } from 'node:crypto';
import { and, eq, gt, inArray } from 'drizzle-orm';
import { commissionings } from '@/drizzle/schema';
import { envelope } from '../../contracts/envelope';
import type { sendHubCommand as operation } from '../../contracts/hubs';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { Failure, invalidField } from '../../domain/errors';
import { hubCommandLifeMs, runningCommissionings, shadowAnswerMs } from '../../domain/hub/commissioning';
import { authorise } from '../../domain/permissions';
import { requireStorable } from '../../domain/storable';
import { hubIsBusy, hubIsSuspended } from '../commissionings/place-commissioning';
import type { Caller, Deps } from '../deps';
import { shadowFailed } from './commission-device';
import { loadHub } from './load-hub';

const argumentsMost = 4_096;

/**
 * POST /hubs/{id}/SendHubCommand (lock-api 7): one of the commands that move no bolt, into the hub's shadow. It records
 * no event. While the hub pairs a device only `cancel` is let through: raises `conflict` HUB_BUSY for others;
 * `device_unreachable` when the shadow did not take it or the hub is suspended.
 */
export async function sendHubCommand(
  deps: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { db, clock, shadow } = deps;
  const { hub, facts } = await loadHub(db, principal, params.id);
  authorise('hubs.command', principal, facts);
  if (hub === undefined) throw new Failure('not_found');
  requireStorable('args', body.args);
  if (JSON.stringify(body.args ?? {}).length > argumentsMost)
    throw invalidField('args', `must be at most ${argumentsMost} characters as JSON`);
  if (hub.status === 'suspended') throw hubIsSuspended();
  if (hub.status === 'decommissioned') throw invalidField('hubId', 'is not in use');
  const now = clock.now();
  const [running] = await db
    .select({ id: commissionings.id })
    .from(commissionings)
    .where(
      and(
        eq(commissionings.hubId, hub.id),
        inArray(commissionings.status, runningCommissionings),
        gt(commissionings.expiresAt, now),
      ),
    );
  if (running !== undefined && body.command !== 'cancel') throw hubIsBusy();
  const command = {
    id: randomUUID(),
    type: body.command,
    ...(body.args === undefined ? {} : { args: body.args }),
    issuedAt: now.getTime(),
    expiresAt: now.getTime() + hubCommandLifeMs,
  };
  // Emptied first: what stood there before must not be merged into this one.
  const answer = await shadow.update(
    hub.thingName,
    { desired: { command: { code: null, args: null, ...command } } },
    command.id,
    shadowAnswerMs,
  );
  if (answer.kind !== 'accepted') throw new Failure('device_unreachable', { message: shadowFailed });
  return envelope(hub.id, hub.version, null);
}
