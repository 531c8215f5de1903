import { csvAnswer } from '@/app/dashboard/csv-answer';
import { getRuntime } from '@/app/runtime';
import { readFilter } from '@/components/activity/filter';
import { scopeOfLock } from '@/server/services/activity/activity-scope';

/** The activity of a door as a file: what the page's filter lets through. */
export async function GET(request: Request, { params }: { params: Promise<{ lockId: string }> }) {
  const { lockId } = await params;
  if (!/^[1-9]\d{0,14}$/.test(lockId)) return new Response(null, { status: 404 });
  const { lockId: _one, ...filter } = readFilter(Object.fromEntries(new URL(request.url).searchParams));
  return csvAnswer(`door-${lockId}-activity`, filter, async (principal) =>
    scopeOfLock(await getRuntime(), principal, Number(lockId)),
  );
}
