import { getRuntime } from '@/app/runtime';
import { signedInStaff } from '@/app/signed-in-staff';
import { streamOf } from '@/app/text-stream';
import { auditQuery, readAuditFilter } from '@/components/audit/audit-filter';
import { requestZone } from '@/components/messages/request';
import { Failure } from '@/server/domain/errors';
import { exportEntries } from '@/server/services/audit/export-entries';

/** The record as a file: what the page's filter lets through, a JSON object a line. */
export async function GET(request: Request) {
  const principal = await signedInStaff();
  if (principal === null) return new Response(null, { status: 401 });
  const filter = readAuditFilter(Object.fromEntries(new URL(request.url).searchParams));
  const query = auditQuery(filter, (await requestZone()) ?? 'UTC');
  try {
    const pieces = await exportEntries(await getRuntime(), { principal, via: 'page' }, query);
    return new Response(streamOf(pieces), {
      headers: {
        'Content-Type': 'application/jsonl; charset=utf-8',
        'Content-Disposition': 'attachment; filename="audit.jsonl"',
        'Cache-Control': 'no-store',
      },
    });
  } catch (error) {
    if (error instanceof Failure && error.code === 'not_found') return new Response(null, { status: 404 });
    throw error;
  }
}
