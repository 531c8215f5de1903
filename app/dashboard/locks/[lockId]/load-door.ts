import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { getRuntime } from '@/app/runtime';
import { requireUser } from '@/app/signed-in';
import type { DoorView } from '@/server/contracts/locks';
import { Failure } from '@/server/domain/errors';
import { getDoor } from '@/server/services/locks/get-door';
import { getDoorLatency } from '@/server/services/locks/get-door-latency';
import { listOpenings } from '@/server/services/locks/list-openings';

const pathOf = (lockId: string): string => `/dashboard/locks/${encodeURIComponent(lockId)}`;

/**
 * The door of this page as the visitor may see it, loaded once a request. Somebody else's door is as missing as one
 * that never was; without a session the visitor is sent to sign in.
 */
export const loadDoor = cache(async (lockId: string): Promise<DoorView> => {
  const user = await requireUser(pathOf(lockId));
  if (!/^[1-9]\d{0,14}$/.test(lockId)) notFound();
  try {
    return await getDoor(await getRuntime(), user, { id: Number(lockId) });
  } catch (error) {
    if (error instanceof Failure && (error.code === 'not_found' || error.code === 'forbidden')) notFound();
    throw error;
  }
});

/** The newest openings of this page's door; null where the visitor may not see who opened it. */
export const loadOpenings = cache(async (lockId: string) => {
  const { lockId: id } = await loadDoor(lockId);
  const { principal } = await requireUser(pathOf(lockId));
  try {
    return await listOpenings(await getRuntime(), principal, { id });
  } catch (error) {
    if (error instanceof Failure && error.code === 'forbidden') return null;
    throw error;
  }
});

/** How fast this page's door opens; null where the visitor may not see it. */
export const loadLatency = cache(async (lockId: string) => {
  const { lockId: id } = await loadDoor(lockId);
  const { principal } = await requireUser(pathOf(lockId));
  try {
    const input = { params: { id }, query: undefined, body: undefined };
    return await getDoorLatency(await getRuntime(), { principal, via: 'page' }, input);
  } catch (error) {
    if (error instanceof Failure && error.code === 'forbidden') return null;
    throw error;
  }
});
