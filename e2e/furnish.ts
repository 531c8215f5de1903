import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { asc, eq } from 'drizzle-orm';
import { homes, users } from '@/drizzle/schema';
import { sessionCookie, staffCookie } from '@/server/domain/cookies';
import { findEmbeddedPostgres } from '@/server/embedded/postgres';
import { createSession, dashboardApp } from '@/server/services/auth/create-session';
import { createIssuer } from '@/server/services/issuers/create-issuer';
import type { CreatedLock } from '@/server/services/locks/create-lock';
import { createModule } from '@/server/services/modules/create-module';
import { addAccount } from '@/server/services/staff/add-account';
import { operator } from '@/server/services/staff/operator';
import { type Factory, makeFactory } from '@/server/testing/factories';
import { fleetPast } from '@/server/testing/fleet-past';
import { lockPast } from '@/server/testing/lock-past';
import { until } from '@/server/testing/until';
import type { StartedSystem } from './started-system';

/** The demo's home with everything that pages can show: people, doors in trouble, links, devices with a past, a hub. */
export interface Furnished {
  homeId: number;
  lockId: number;
  /** A door with a keypad and codes. */
  keypadId: number;
  deviceId: number;
  hubId: string;
  projectId: number;
  guestToken: string;
  /** A member of the home. */
  userId: number;
  /** Cookie value of the demo's owner. */
  session: string;
  /** Cookie value of an administrator of the staff. */
  staffSession: string;
  /** Of a staff account that waits to be set up. */
  setUpToken: string;
  end(): Promise<void>;
}

/** Signs a browser in as the demo's owner and as a member of staff: two sessions that know nothing of each other. */
export const cookiesOf = ({ session, staffSession }: Furnished, url: string) => [
  {
    name: sessionCookie(false),
    value: encodeURIComponent(session),
    url,
    httpOnly: true,
    sameSite: 'Lax' as const,
  },
  { name: staffCookie(false), value: staffSession, url, httpOnly: true, sameSite: 'Strict' as const },
];

/** Factory over the database of a started system. */
export async function factoryOf(system: StartedSystem): Promise<Factory> {
  const database = await findEmbeddedPostgres(system.dataDir);
  if (database === undefined) throw new Error('the database of the started system was not found');
  const secretsKey = (await readFile(path.join(system.dataDir, 'secrets-key'), 'utf8')).trim();
  return makeFactory({ databaseUrl: database.url, mqttUrl: system.mqttUrl, secretsKey });
}

async function call(
  url: string,
  method: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text}`);
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

/** Monday is 1. */
const fridayAndSaturday = 0b011_0000;
const day = 24 * 60 * 60 * 1_000;

/** PIN codes of a door: one that works, one with hours, one that the lock refused. */
async function furnishPins(
  factory: Factory,
  api: (method: string, where: string, body: unknown) => Promise<unknown>,
  door: CreatedLock,
  hubId: string,
): Promise<void> {
  const keypad = await factory.keypad(door, hubId);
  const add = (body: object) => api('POST', `/locks/${door.id}/pins`, body);
  await add({ name: 'Children', pin: '482917' });
  await keypad.obey(1);
  await add({ name: 'Cleaner', pin: '593028', weekdays: ['tue', 'fri'], from: '09:00', until: '13:00' });
  await keypad.obey(2);
  await add({ name: 'Neighbour', pin: '482918' });
  await keypad.answer(await keypad.next(), { state: 'failed', error: 'PIN_DUPLICATE' });
}

/** Puts people, things and a past into the demo's home, the way they would have come there. */
export async function furnish(system: StartedSystem): Promise<Furnished> {
  const factory = await factoryOf(system);
  const { db } = factory.deps;
  const [owner] = await db.select().from(users).where(eq(users.email, system.email));
  const [home] = await db.select().from(homes).orderBy(asc(homes.id)).limit(1);
  if (owner === undefined || home === undefined) throw new Error('the demo was not made');
  const { token } = await createSession(db, owner.id, 'controller_app', new Date());
  const asOwner = { authorization: `ModeCloud ${token}` };
  const api = (method: string, where: string, body?: unknown) =>
    call(`${system.url}${where}`, method, asOwner, body);

  const kim = await factory.person(home.projectId, 'Kim Solheim');
  const guest = await factory.person(home.projectId, 'Ada Guest');
  await factory.member(home.id, kim, 'member');
  await factory.member(home.id, guest, 'guest');
  await api('POST', `/homes/${home.id}/members`, { email: factory.email() });

  const jammed = await factory.lock(home.id, 'Cellar');
  const silent = await factory.lock(home.id, 'Boat house');
  const jammedLock = await factory.virtualLock(jammed);
  jammedLock.control.setBattery(8);
  const silentLock = await factory.virtualLock(silent);
  await silentLock.stop();
  const { items: doors } = (await api('GET', '/locks')) as {
    items: { lockId: number; name: string }[];
  };
  const front = doors.find(({ name }) => name === 'Front door') ?? doors[0];
  if (front === undefined) throw new Error('the demo has no door');
  await factory.grant(front.lockId, guest, {
    weekdays: fridayAndSaturday,
    fromMinute: 16 * 60,
    untilMinute: 23 * 60,
  });
  await api('POST', `/locks/${front.lockId}/OpenLock`, {});
  await lockPast(factory, { lockId: front.lockId, homeId: home.id });
  jammedLock.control.jam();
  await api('POST', `/locks/${jammed.id}/OpenLock`, { reason: 'bring the wine up' });

  const link = (label: string, from: number, to: number, more: object = {}) =>
    api('POST', '/temp-keys', {
      label,
      validFrom: new Date(Date.now() + from).toISOString(),
      validUntil: new Date(Date.now() + to).toISOString(),
      doors: [{ lockId: String(front.lockId) }],
      ...more,
    }) as Promise<{ url: string }>;
  await link('Plumber', 2 * day, 3 * day, { maxUses: 2 });
  const { url } = await link('Weekend guests', -day, 4 * day);

  const lamp = await factory.device(home.projectId, home.id, 'thermostat');
  await factory.device(home.projectId, home.id, 'smart_light');
  const asDevice = { authorization: `ModeCloud ${lamp.apiKey}` };
  for (let n = 0; n < 24; n += 1) {
    await call(`${system.url}/devices/${lamp.id}/event`, 'PUT', asDevice, {
      eventType: n % 6 === 5 ? 'boost' : 'reading',
      eventData: { temperature: 20 + Math.sin(n / 3) * 2, humidity: 40 + (n % 7) },
    });
  }
  for (const [key, value] of Object.entries({
    scene_evening: { lights: 40, heating: 20.5 },
    scene_away: { lights: 0, heating: 16 },
    wifi_name: 'harbour',
  })) {
    await api('PUT', `/homes/${home.id}/kv/${encodeURIComponent(key)}`, { value });
  }
  const hub = await factory.hub(home);
  const plugged = await factory.virtualHub(hub);
  await plugged.report({ version: '1.4.2' });
  const gate = await factory.lock(home.id, 'Garden gate');
  await furnishPins(factory, api, gate, hub.id);
  await until(async () => {
    const { items } = (await api('GET', '/locks')) as {
      items: { name: string; bolt: string; reachable?: boolean }[];
    };
    return items.some(({ bolt }) => bolt === 'jammed') && items.some(({ reachable }) => reachable === false);
  });
  await furnishFleet(factory);
  await factory.projectKey(home.projectId, ['commands', 'kv']);
  for (let n = 0; n < 3; n += 1) await factory.device(home.projectId);
  await createModule(factory.deps, {
    projectId: home.projectId,
    moduleId: `facility_desk_${jammed.id}`,
    moduleType: 'webhooks',
    description: 'Tells the desk who rang',
    eventUrl: 'https://desk.example.com/evt',
    subscribedEvents: ['rang'],
  });
  await createIssuer(factory.deps, {
    projectId: home.projectId,
    issuer: 'https://id.example.com',
    audience: `harbour-doors-${jammed.id}`,
    jwksUrl: 'https://id.example.com/jwks.json',
  });
  const { token: staffSession } = await factory.staff('admin', 'all');
  await factory.staff('support', [home.projectId]);
  const waiting = { email: factory.email(), name: 'Noor Waiting', role: 'support', projects: 'all' } as const;
  const { setUp } = await addAccount(factory.deps, operator, waiting);
  const session = (await createSession(db, owner.id, dashboardApp, new Date())).token;
  return {
    homeId: home.id,
    lockId: front.lockId,
    keypadId: gate.id,
    deviceId: lamp.id,
    hubId: hub.id,
    projectId: home.projectId,
    userId: kim.user.id,
    guestToken: new URL(url).pathname.split('/').at(-1) ?? '',
    session,
    staffSession,
    setUpToken: setUp?.path.split('token=')[1] ?? '',
    async end() {
      await jammedLock.stop();
      await plugged.end();
      await factory.end();
    },
  };
}

/** A past of another project's doors, so that the charts of the fleet have something to draw. */
async function furnishFleet(factory: Factory): Promise<void> {
  const owner = await factory.person((await factory.project()).id, 'Jo Fjord');
  const home = await factory.home(owner, 'Fjord house');
  const door = { lockId: (await factory.lock(home.id, 'Fjord door')).id, homeId: home.id };
  const past = fleetPast(factory);
  for (let hours = 1; hours < 23; hours += 1) {
    const at = new Date(Date.now() - hours * 3_600_000).toISOString();
    const busy = Math.round(3 + 3 * Math.sin(hours / 3));
    for (let n = 0; n < busy; n += 1)
      await past.opening(door, at, 'confirmed', { tookMs: 300 + ((hours * 97 + n * 211) % 900) });
    if (hours % 4 === 0) await past.opening(door, at, 'failed');
    if (hours % 5 === 0) await past.opening(door, at, 'expired');
    if (hours % 7 === 0) await past.opening(door, at, 'unresolved');
    if (hours % 3 === 0) await past.refusal(door, at);
    await past.deviceEvents(home.id, at, 4 + busy * 3);
    if (hours % 6 === 0) await past.message(owner.user.projectId, 'sms', at, 'failed');
    if (hours % 8 === 0) await past.message(owner.user.projectId, 'mail', at, 'failed');
    if (hours % 9 === 0) await past.webhook(owner.user.projectId, at, 'failed');
  }
}
