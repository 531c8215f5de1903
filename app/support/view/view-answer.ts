import 'server-only';
import { headers } from 'next/headers';
import type { LookNotice } from '@/components/console/look-part';
import { giveViewCookie } from '@/server/domain/cookies';

/** The console's page of a home, with why one came there; without a home the console's first page. */
export const consoleOf = (homeId: number | undefined, look: LookNotice): string =>
  homeId === undefined ? '/support' : `/support/homes/${homeId}?look=${look}`;

/** Sends the browser on, with a look to use or, with null, without one. */
export async function viewAnswer(viewId: string | null, location: string): Promise<Response> {
  const isHttps = (await headers()).get('x-forwarded-proto') === 'https';
  const cookie = giveViewCookie(viewId, isHttps);
  return new Response(null, {
    status: 303,
    headers: { Location: location, 'Set-Cookie': cookie, 'Cache-Control': 'no-store' },
  });
}
