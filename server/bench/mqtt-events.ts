import { connect, type Socket } from 'node:net';
import { eq } from 'drizzle-orm';
import { generate } from 'mqtt-packet';
import postgres from 'postgres';
import { deviceClasses, homes as homesTable } from '@/drizzle/schema';
import { eventText } from '@/server/domain/outgoing-event';
import { insertDevices } from '@/server/services/devices/insert-devices';
import type { BenchHome } from './people';
import type { Figure } from './statistics';
import type { System } from './system';

/** Devices, each on a connection of its own that sends its next event when the last one is acknowledged. */
const deviceCount = 400;
const homeCount = 40;
/** Rows of one commit of the floor: as many as ours can ever hold with so many devices. */
const floorBatch = deviceCount;
const rounds = 3;
const connack = 0x20;
const puback = 0x40;

interface BenchDevice {
  id: number;
  homeId: number;
  apiKey: string;
}

async function mintDevices({ database }: System, homes: readonly BenchHome[]): Promise<BenchDevice[]> {
  const { db } = database;
  const places = homes.slice(0, homeCount);
  const [home] = await db
    .select({ projectId: homesTable.projectId })
    .from(homesTable)
    .where(eq(homesTable.id, places[0]?.homeId ?? 0));
  if (home === undefined) throw new Error('no homes to put devices in');
  const { projectId } = home;
  await db.insert(deviceClasses).values({ projectId, classId: 'sensor' }).onConflictDoNothing();
  const wanted = Array.from({ length: deviceCount }, (_, index) => ({
    projectId,
    deviceClass: 'sensor',
    homeId: places[index % places.length]?.homeId ?? 0,
  }));
  const made = await insertDevices(db, wanted, new Date());
  return made.map(({ row, apiKey }) => ({ id: row.id, homeId: row.homeId ?? 0, apiKey }));
}

const payloadOf = (count: number): string =>
  `{"eventType":"reading","eventData":{"temperature":21.5,"humidity":40,"count":${count}}}`;

/** One device on the wire; `onStored` is called at every acknowledgement and says whether to go on. */
function openDevice(url: URL, device: BenchDevice, onStored: () => boolean) {
  const topic = `/devices/${device.id}/event`;
  let sent = 0;
  let socket: Socket;
  const send = () => {
    sent += 1;
    const messageId = (sent % 65_535) + 1;
    socket.write(
      generate({
        cmd: 'publish',
        topic,
        payload: payloadOf(sent),
        qos: 1,
        messageId,
        dup: false,
        retain: false,
      }),
    );
  };
  return new Promise<{ send(): void; end(): void; failed: Promise<unknown> }>((resolve, reject) => {
    socket = connect(Number(url.port), url.hostname, () => {
      socket.setNoDelay(true);
      socket.write(
        generate({
          cmd: 'connect',
          protocolId: 'MQTT',
          protocolVersion: 4,
          clientId: '',
          clean: true,
          keepalive: 0,
          username: String(device.id),
          password: Buffer.from(device.apiKey),
        }),
      );
    });
    const failed = new Promise((fail) => {
      socket.on('close', fail);
    });
    socket.on('error', reject);
    // Both answers are four bytes long and none comes before the other is asked for.
    socket.on('data', (bytes) => {
      if (bytes[0] === connack && bytes[3] === 0) resolve({ send, end: () => socket.destroy(), failed });
      else if (bytes[0] !== puback) reject(new Error(`an answer of type ${bytes[0]}`));
      else if (onStored()) send();
    });
  });
}

/** Events stored and acknowledged in a second. */
async function measureEvents(system: System, devices: readonly BenchDevice[], seconds: number) {
  let stored = 0;
  let isOver = false;
  let failures = 0;
  const url = new URL(system.broker.url);
  const clients = await Promise.all(
    devices.map((device) =>
      openDevice(url, device, () => {
        stored += 1;
        return !isOver;
      }),
    ),
  );
  for (const client of clients) {
    void client.failed.then(() => {
      if (!isOver) failures += 1;
    });
    client.send();
  }
  const rest = (forSeconds: number) => new Promise((resolve) => setTimeout(resolve, forSeconds * 1_000));
  await rest(1);
  const [from, startedAt] = [stored, performance.now()];
  await rest(seconds);
  const perSecond = ((stored - from) * 1_000) / (performance.now() - startedAt);
  isOver = true;
  for (const client of clients) client.end();
  return { perSecond, failures };
}

/** The same rows by one statement a commit, with the driver alone: tables like ours, indexes and all. */
async function measureFloor(
  system: System,
  devices: readonly BenchDevice[],
  seconds: number,
): Promise<number> {
  const sql = postgres(system.ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await sql`drop table if exists bench_home_events, bench_device_events`;
    await sql`create table bench_home_events (like home_events including all)`;
    await sql`create table bench_device_events (like device_events including all)`;
    let position = 0;
    const commit = async () => {
      const rows = Array.from({ length: floorBatch }, (_, index) => {
        const device = devices[index % devices.length] as BenchDevice;
        position += 1;
        const timestamp = new Date().toISOString();
        const event = { eventType: 'reading', eventData: {}, timestamp, homeId: device.homeId };
        const outgoing = { ...event, originDeviceId: device.id, originDeviceClass: 'sensor' };
        const body = eventText(outgoing, `{"temperature":21.5,"humidity":40,"count":${position}}`);
        return { homeId: device.homeId, deviceId: device.id, position, at: timestamp, body, payload: body };
      });
      await sql`
        with incoming as (
          select * from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as row(
            "homeId" bigint, "deviceId" bigint, position bigint, at timestamptz, body text, payload text)
        ), lines as (
          insert into bench_home_events (home_id, position, topic, payload, body)
          select "homeId", position, 'event', payload::jsonb, body from incoming
        )
        insert into bench_device_events (home_id, position, device_id, event_type, body, created_at)
        select "homeId", position, "deviceId", 'reading', body, at from incoming`;
    };
    for (let warmUp = 0; warmUp < 5; warmUp += 1) await commit();
    const startedAt = performance.now();
    let commits = 0;
    while (performance.now() - startedAt < seconds * 1_000) {
      await commit();
      commits += 1;
    }
    return (commits * floorBatch * 1_000) / (performance.now() - startedAt);
  } finally {
    await sql.end();
  }
}

const middle = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Device events by MQTT at QoS 1, in PostgreSQL before they are acknowledged, beside raw commits of the same rows. */
export async function benchMqttEvents(
  system: System,
  homes: readonly BenchHome[],
  seconds: number,
): Promise<Figure[]> {
  const group = `Device events by MQTT, QoS 1, ${deviceCount} connections`;
  const devices = await mintDevices(system, homes);
  const [ours, floor]: [number[], number[]] = [[], []];
  let failures = 0;
  // In turn, so that a machine that slows down slows both.
  for (let round = 0; round < rounds; round += 1) {
    floor.push(await measureFloor(system, devices, seconds));
    const measured = await measureEvents(system, devices, seconds);
    ours.push(measured.perSecond);
    failures += measured.failures;
  }
  const perSecond = middle(ours);
  const ratio = perSecond / middle(floor);
  return [
    {
      group,
      name: 'stored, then acknowledged',
      perSecond,
      ratio,
      bar: '≥ 0.5 of the floor, 4,500 a second on 2 cores',
      isMet: ratio >= 0.5 && failures === 0,
      failures,
    },
    { group, name: `floor: raw commits of ${floorBatch} such rows`, perSecond: middle(floor) },
  ];
}
