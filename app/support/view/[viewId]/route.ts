import { readCookies } from '@/app/principal';
import { getRuntime } from '@/app/runtime';
import { homeOfLook } from '@/server/services/views/home-of-look';
import { lookThrough } from '@/server/services/views/look-through';
import { consoleOf, viewAnswer } from '../view-answer';

/** Begins to look through the eyes of the owner who granted it. A look that is not good leads back to the console. */
export async function GET(_request: Request, { params }: { params: Promise<{ viewId: string }> }) {
  const { viewId } = await params;
  const { staffToken } = await readCookies();
  const deps = await getRuntime();
  const look = await lookThrough(deps, { staffToken, viewId });
  return look === undefined
    ? viewAnswer(null, consoleOf(await homeOfLook(deps, { staffToken, viewId }), 'closed'))
    : viewAnswer(viewId, `/dashboard/homes/${look.homeId}`);
}
