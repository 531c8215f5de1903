import 'server-only';
import { headers } from 'next/headers';
import { viewCookie } from '@/server/domain/cookies';

/** Sends the browser on, with a look to use or, with null, without one. */
export async function viewAnswer(viewId: string | null, location: string): Promise<Response> {
  const isHttps = (await headers()).get('x-forwarded-proto') === 'https';
  const cookie = [
    `${viewCookie(isHttps)}=${viewId ?? ''}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Strict',
    ...(isHttps ? ['Secure'] : []),
    ...(viewId === null ? ['Max-Age=0'] : []),
  ].join('; ');
  return new Response(null, {
    status: 303,
    headers: { Location: location, 'Set-Cookie': cookie, 'Cache-Control': 'no-store' },
  });
}
