import { csvAnswer } from '@/app/dashboard/csv-answer';
import { getRuntime } from '@/app/runtime';
import { readFilter } from '@/components/activity/filter';
import { scopeOfHome } from '@/server/services/activity/activity-scope';

/** The activity of a home as a file: what the page's filter lets through. */
export async function GET(request: Request, { params }: { params: Promise<{ homeId: string }> }) {
  const { homeId } = await params;
  if (!/^[1-9]\d{0,14}$/.test(homeId)) return new Response(null, { status: 404 });
  const { lockId, ...filter } = readFilter(Object.fromEntries(new URL(request.url).searchParams));
  return csvAnswer(`home-${homeId}-activity`, filter, async (principal) =>
    scopeOfHome(
      await getRuntime(),
      principal,
      Number(homeId),
      lockId === undefined ? undefined : Number(lockId),
    ),
  );
}
