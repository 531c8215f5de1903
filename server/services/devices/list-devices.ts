import { asc, eq } from 'drizzle-orm';
import { devices } from '@/drizzle/schema';
import type { Device, listDevices as operation } from '../../contracts/devices';
import type { InputOf } from '../../contracts/operation';
import type { Caller, Deps } from '../deps';
import { authoriseInHome } from '../homes/authorise-in-home';
import { loadHome } from '../homes/load-home';
import { deviceFor } from './view';

/** GET /devices?homeId= (mode-api 5.6): devices of a home, oldest first. */
export async function listDevices(
  { db, secrets }: Deps,
  { principal }: Caller,
  { query }: InputOf<typeof operation>,
): Promise<Device[]> {
  const { facts } = await loadHome(db, principal, query.homeId);
  authoriseInHome('devices.list', principal, facts);
  const rows = await db
    .select()
    .from(devices)
    .where(eq(devices.homeId, query.homeId))
    .orderBy(asc(devices.id));
  return rows.map((row) => deviceFor(secrets, principal, row));
}
