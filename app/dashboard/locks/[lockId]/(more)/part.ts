import 'server-only';
import { notFound } from 'next/navigation';
import { getRuntime } from '@/app/runtime';
import { requireUser } from '@/app/signed-in';
import type { DoorView } from '@/server/contracts/locks';
import { Failure } from '@/server/domain/errors';
import type { Caller, Deps } from '@/server/services/deps';
import { loadDoor } from '../load-door';

interface Part<Data> {
  door: DoorView;
  userId: number;
  data: Data;
}

/**
 * The door of a page and what the page shows of it, by the service that the API asks too. What the visitor may not see
 * is as missing as what is not there.
 */
export async function loadPart<Data>(
  lockId: string,
  part: string,
  load: (deps: Deps, caller: Caller, door: DoorView) => Promise<Data>,
): Promise<Part<Data>> {
  const door = await loadDoor(lockId);
  const { principal, userId } = await requireUser(`/dashboard/locks/${door.lockId}/${part}`);
  try {
    return { door, userId, data: await load(await getRuntime(), { principal, via: 'page' }, door) };
  } catch (error) {
    if (error instanceof Failure && (error.code === 'not_found' || error.code === 'forbidden')) notFound();
    throw error;
  }
}
