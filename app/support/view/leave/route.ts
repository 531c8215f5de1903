import { readCookies } from '@/app/principal';
import { getRuntime } from '@/app/runtime';
import { homeOfLook } from '@/server/services/views/home-of-look';
import { consoleOf, viewAnswer } from '../view-answer';

/** Leaves a look: the browser is the staff's own again, on the console's page of the home that was looked at. */
export async function GET(request: Request) {
  const { staffToken, viewId: ofBrowser } = await readCookies();
  const viewId = new URL(request.url).searchParams.get('view') ?? ofBrowser;
  return viewAnswer(null, consoleOf(await homeOfLook(await getRuntime(), { staffToken, viewId }), 'over'));
}
