import type { OutgoingEvent } from '../../contracts/devices';
import type { Executor } from '../../db/client';
import { run } from '../../db/prepared';
import { eventText, isSystemEvent } from '../../domain/outgoing-event';
import { type HomeEvent, TextLine } from '../../event-store/outbox';

export interface EventToWrite {
  event: OutgoingEvent;
  /** JSON text of eventData when it must not lose a digit. */
  dataText?: string | undefined;
  /** A device told it: it is left out unless the device is in that home. */
  isFromDevice?: boolean;
  /** It is left out, too, unless this is the hash of that device's key, hexadecimal. */
  keyHash?: string | undefined;
}

interface Row {
  n: number;
  homeId: number;
  deviceId: number | null;
  type: string;
  at: string;
  isSystem: boolean;
  isProved: boolean;
  keyHash?: string | undefined;
  body: string;
}

/** `placed`, the rows with their position and project, of one event: no batch costs as little as none. */
const placedAlone = `
    device as (
      select 1 from devices where id = $3::bigint and home_id = $2::bigint
        and ($8::text is null or key_hash = decode($8::text, 'hex'))
    ), moved as (
      update homes set position = position + 1
      where id = $2::bigint and not deactivated and (not $7::boolean or exists (select from device))
      returning id, project_id, position
    ), placed as (
      select $1::integer as n, id as "homeId", project_id, position, $3::bigint as "deviceId",
        $4::text as type, $5::timestamptz as at, $6::boolean as "isSystem", $9::text as body
      from moved
    )`;

/**
 * The same of many. Homes are held in the order of their ids, so that two batches never wait for each other in a
 * circle. The planner takes what comes as JSON for a hundred rows and would walk whole tables for them; two comparisons
 * that are always true make it eleven, which it looks up one by one.
 */
const placedTogether = `
    told as (
      select * from jsonb_to_recordset($1::text::jsonb) as row(
        n integer, "homeId" bigint, "deviceId" bigint, type text, at timestamptz, "isSystem" boolean,
        "isProved" boolean, "keyHash" text, body text)
      where n >= 0 and "homeId" > 0
    ), incoming as (
      select told.* from told left join devices on devices.id = told."deviceId"
      where not "isProved" or devices.home_id = told."homeId"
        and ("keyHash" is null or devices.key_hash = decode("keyHash", 'hex'))
    ), held as (
      select id from homes where id in (select "homeId" from incoming) and not deactivated order by id
      for no key update
    ), counted as (
      select "homeId", count(*) as count from incoming group by "homeId"
    ), moved as (
      update homes set position = position + counted.count from counted, held
      where homes.id = counted."homeId" and held.id = homes.id
      returning homes.id, homes.project_id, homes.position - counted.count as before
    ), placed as (
      select incoming.*, moved.project_id, moved.before + row_number() over (partition by incoming."homeId" order by n) as position
      from incoming join moved on moved.id = incoming."homeId"
    )`;

/** The statement over what `placed` gives: the lines of the homes, the history, and the deliveries of webhooks. */
const writing = (placed: string): string => `
    with ${placed}, lines as (
      insert into home_events (home_id, position, topic, payload, body)
      select "homeId", position, 'event', 'null'::jsonb, body from placed
    ), history as (
      insert into device_events (home_id, position, device_id, event_type, body, created_at)
      select "homeId", position, "deviceId", type, body, at from placed
    ), hooks as (
      insert into webhook_deliveries (project_id, module_id, kind, home_id, url, body, next_attempt_at)
      select m.project_id, m.module_id, 'event', placed."homeId", m.event_url, placed.body, now()
      from placed join smart_modules m on m.project_id = placed.project_id
      where m.module_type = 'webhooks' and not m.suspended and m.event_url is not null
        and case when m.subscribed_events is null then not placed."isSystem"
                 else jsonb_exists(m.subscribed_events::jsonb, placed.type) end
    )
    select n, position from placed order by n`;
const writeAlone = writing(placedAlone);
const writeTogether = writing(placedTogether);

interface Written {
  n: number;
  position: string;
}

const parametersOf = ({
  n,
  homeId,
  deviceId,
  type,
  at,
  isSystem,
  isProved,
  keyHash,
  body,
}: Row): unknown[] => [n, homeId, deviceId, type, at, isSystem, isProved, keyHash ?? null, body];

/**
 * Writes events in one statement, whatever their number: the lines of their homes in the order given, the history, and
 * the deliveries of webhooks. Events of homes that are gone or switched off, and of devices that are not in them, are left out: undefined stands in their place.
 */
export async function writeEvents(
  executor: Executor,
  events: readonly EventToWrite[],
): Promise<(HomeEvent | undefined)[]> {
  if (events.length === 0) return [];
  const rows = events.map(({ event, dataText, isFromDevice = false, keyHash }, index): Row => {
    const body = eventText(event, dataText);
    return {
      n: index,
      homeId: event.homeId,
      deviceId: event.originDeviceId ?? null,
      type: event.eventType,
      at: event.timestamp,
      isSystem: isSystemEvent(event.eventType),
      isProved: isFromDevice,
      keyHash,
      body,
    };
  });
  const [only] = rows;
  const written = await (only !== undefined && rows.length === 1
    ? run<Written>(executor, writeAlone, parametersOf(only))
    : run<Written>(executor, writeTogether, [JSON.stringify(rows)]));
  const positions = new Map(written.map((row) => [row.n, Number(row.position)]));
  return rows.map(({ n, body, homeId }) => {
    const position = positions.get(n);
    return position === undefined ? undefined : new TextLine(homeId, position, 'event', body);
  });
}
