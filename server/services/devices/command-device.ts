import { eq, sql } from 'drizzle-orm';
import { devices } from '@/drizzle/schema';
import type { commandDevice as operation } from '../../contracts/devices';
import type { InputOf } from '../../contracts/operation';
import type { Database } from '../../db/client';
import { prepared } from '../../db/prepared';
import { invalidField } from '../../domain/errors';
import type { Caller, Deps } from '../deps';
import { admit } from './admit';
import { commandText } from './command-text';

const stamp = prepared((db: Database) =>
  db
    .update(devices)
    .set({ lastCommandTime: sql`${sql.placeholder('at')}::timestamptz` })
    .where(eq(devices.id, sql.placeholder('id')))
    .prepare('stamp_command'),
);

/** What small devices and every broker on the way can carry in one message. */
const commandMostBytes = 64 * 1024;

/**
 * PUT /devices/{deviceId}/command (mode-api 5.6, 6.2): told once to every open connection of the device. There is no
 * queue for a device that is away: the command is lost, and the answer is the same.
 */
export async function commandDevice(
  deps: Deps,
  caller: Caller,
  { params, body, raw }: InputOf<typeof operation>,
): Promise<undefined> {
  const device = await admit(deps, caller, 'devices.command', params.deviceId);
  const text = commandText(body.action, raw);
  if (Buffer.byteLength(text) > commandMostBytes)
    throw invalidField('parameters', `a command is ${commandMostBytes} bytes or fewer`);
  await stamp(deps.db).execute({ id: device.id, at: deps.clock.now().toISOString() });
  deps.bus.tellDevice({ deviceId: device.id, channel: 'command', body: text });
}
