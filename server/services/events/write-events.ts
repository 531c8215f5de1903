import { sql } from 'drizzle-orm';
import type { OutgoingEvent } from '../../contracts/devices';
import type { Executor } from '../../db/client';
import { eventText, isSystemEvent } from '../../domain/outgoing-event';
import { type HomeEvent, TextLine } from '../../event-store/outbox';

export interface EventToWrite {
  event: OutgoingEvent;
  /** JSON text of eventData when it must not lose a digit. */
  dataText?: string | undefined;
  /** A device told it: it is left out unless the device is in that home. */
  isFromDevice?: boolean;
}

/**
 * Writes events in one statement, whatever their number: the lines of their homes in the order given, the history, and
 * the deliveries of webhooks. Homes are held in the order of their ids, so that two batches never wait for each other
 * in a circle. Events of homes that are gone or switched off, and of devices that are not in them, are left out: undefined stands in their place.
 */
export async function writeEvents(
  executor: Executor,
  events: readonly EventToWrite[],
): Promise<(HomeEvent | undefined)[]> {
  if (events.length === 0) return [];
  const rows = events.map(({ event, dataText, isFromDevice = false }, index) => {
    const body = eventText(event, dataText);
    return {
      n: index,
      homeId: event.homeId,
      deviceId: event.originDeviceId ?? null,
      type: event.eventType,
      at: event.timestamp,
      isSystem: isSystemEvent(event.eventType),
      isProved: isFromDevice,
      body,
    };
  });
  const written = await executor.execute<{ n: number; position: string }>(sql`
    with told as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as row(
        n integer, "homeId" bigint, "deviceId" bigint, type text, at timestamptz, "isSystem" boolean,
        "isProved" boolean, body text)
    ), incoming as (
      select told.* from told left join devices on devices.id = told."deviceId"
      where not "isProved" or devices.home_id = told."homeId"
    ), held as (
      select id from homes where id in (select "homeId" from incoming) and not deactivated order by id for update
    ), counted as (
      select "homeId", count(*) as count from incoming group by "homeId"
    ), moved as (
      update homes set position = position + counted.count from counted, held
      where homes.id = counted."homeId" and held.id = homes.id
      returning homes.id, homes.project_id, homes.position - counted.count as before
    ), placed as (
      select incoming.*, moved.project_id, moved.before + row_number() over (partition by incoming."homeId" order by n) as position
      from incoming join moved on moved.id = incoming."homeId"
    ), lines as (
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
    select n, position from placed order by n`);
  const positions = new Map(written.map((row) => [row.n, Number(row.position)]));
  return rows.map(({ n, body, homeId }) => {
    const position = positions.get(n);
    return position === undefined ? undefined : new TextLine(homeId, position, 'event', body);
  });
}
