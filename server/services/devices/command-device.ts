import type { commandDevice as operation } from '../../contracts/devices';
import type { InputOf } from '../../contracts/operation';
import { run } from '../../db/prepared';
import { invalidField } from '../../domain/errors';
import { identityOf } from '../../domain/principal';
import type { Caller, Deps } from '../deps';
import { admit } from './admit';
import { commandText } from './command-text';

/** Stamps the device and keeps what was asked for the timeline of its home, in one statement. */
const keepCommand = `
  with stamped as (
    update devices set last_command_time = $2::text::timestamptz where id = $1::bigint returning id, home_id)
  insert into device_commands
    (device_id, home_id, action, principal_kind, principal_id, principal_name, created_at)
  select id, home_id, $3::text, $4::text, $5::text, $6::text, $2::text::timestamptz
  from stamped where home_id is not null`;

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
  const { kind, id, name } = identityOf(caller.principal);
  const at = deps.clock.now().toISOString();
  await run(deps.db, keepCommand, [device.id, at, body.action.replaceAll('\u0000', ''), kind, id, name]);
  deps.bus.tellDevice({ deviceId: device.id, channel: 'command', body: text });
}
