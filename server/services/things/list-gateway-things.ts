import { eq } from 'drizzle-orm';
import { locks } from '@/drizzle/schema';
import type { Deps } from '../deps';
import { lockThing } from '../locks/load-lock';

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Things a hub speaks for: its locks. Other things speak for themselves alone. */
export async function listGatewayThings({ db }: Pick<Deps, 'db'>, thing: string): Promise<string[]> {
  const hubId = thing.startsWith('hub-') ? thing.slice(4) : '';
  if (!uuidShape.test(hubId)) return [];
  const rows = await db.select({ uuid: locks.uuid }).from(locks).where(eq(locks.hubId, hubId));
  return rows.map((row) => lockThing(row.uuid));
}
