import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { matterDevices } from '@/drizzle/schema';
import { type CommandEnvelope, envelope } from '../../contracts/envelope';
import { Failure } from '../../domain/errors';
import { shadowAnswerMs } from '../../domain/hub/commissioning';
import { decideMatterDevice, type MatterDeviceCommand } from '../../domain/hub/matter-device';
import type { JsonObject } from '../../domain/json';
import { appendEvents } from '../../event-store/append';
import type { Deps } from '../deps';
import { orgIdOf } from '../hubs/load-hub';
import type { MatterDeviceRow } from './load-matter-device';

/** The seed's own text for a shadow that could not be written (lock-api 4.3). */
const shadowFailed = 'Failed to update device shadow';

/**
 * Writes a state into the shadow of a device's thing and then records it. Raises `device_unreachable` when the shadow did
 * not take it; nothing is recorded then.
 */
export async function updateState(
  { db, shadow, clock }: Deps,
  device: MatterDeviceRow,
  state: { desired: JsonObject } | { reported: JsonObject },
): Promise<CommandEnvelope> {
  const answer = await shadow.update(device.thingName, state, randomUUID(), shadowAnswerMs);
  if (answer.kind !== 'accepted') throw new Failure('device_unreachable', { message: shadowFailed });
  const { thingName } = device;
  const command: MatterDeviceCommand =
    'desired' in state
      ? { type: 'UpdateDesiredShadow', thingName, desired: state.desired }
      : { type: 'UpdateReportedShadow', thingName, reported: state.reported };
  return recordOfDevice({ db, clock }, device.id, command);
}

/** Lets a device decide on a command, and records what came of it. Raises `not_found`. */
export function recordOfDevice(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  deviceId: string,
  command: MatterDeviceCommand,
): Promise<CommandEnvelope> {
  return db.transaction(async (tx) => {
    const [held] = await tx.select().from(matterDevices).where(eq(matterDevices.id, deviceId)).for('update');
    if (held === undefined) throw new Failure('not_found');
    const at = clock.now();
    const events = decideMatterDevice(held.id, { version: held.version }, command, at);
    const orgId = await orgIdOf(tx, held.projectId);
    const aggregate = {
      aggregateType: 'matter-device',
      aggregateId: held.id,
      orgId,
      version: held.version,
    } as const;
    const version = await appendEvents(tx, aggregate, events, at);
    await tx.update(matterDevices).set({ version }).where(eq(matterDevices.id, held.id));
    return envelope(held.id, version, events[0] ?? null);
  });
}
