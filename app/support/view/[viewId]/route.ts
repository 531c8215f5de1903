import { cookies, headers } from 'next/headers';
import { getRuntime } from '@/app/runtime';
import { staffCookie } from '@/server/domain/cookies';
import { lookThrough } from '@/server/services/views/look-through';
import { viewAnswer } from '../view-answer';

/** Begins to look through the eyes of the owner who granted it. A look that is not good leads back to the console. */
export async function GET(_request: Request, { params }: { params: Promise<{ viewId: string }> }) {
  const { viewId } = await params;
  const isHttps = (await headers()).get('x-forwarded-proto') === 'https';
  const staffToken = (await cookies()).get(staffCookie(isHttps))?.value;
  const look = await lookThrough(await getRuntime(), { staffToken, viewId });
  return look === undefined
    ? viewAnswer(null, '/support')
    : viewAnswer(viewId, `/dashboard/homes/${look.homeId}`);
}
