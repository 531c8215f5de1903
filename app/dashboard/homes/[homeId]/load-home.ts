import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { getRuntime } from '@/app/runtime';
import { requireUser } from '@/app/signed-in';
import { Failure } from '@/server/domain/errors';
import { type ShownHome, showHome } from '@/server/services/homes/show-home';

/**
 * The home of this page as the visitor may see it, loaded once a request. Somebody else's home is as missing as one that
 * never was; without a session the visitor is sent to sign in and comes back to `part` of the home.
 */
export const loadHome = cache(async (homeId: string, part = ''): Promise<ShownHome> => {
  const { principal } = await requireUser(`/dashboard/homes/${encodeURIComponent(homeId)}${part}`);
  if (!/^[1-9]\d{0,14}$/.test(homeId)) notFound();
  try {
    return await showHome(await getRuntime(), principal, Number(homeId));
  } catch (error) {
    if (error instanceof Failure && (error.code === 'not_found' || error.code === 'forbidden')) notFound();
    throw error;
  }
});
