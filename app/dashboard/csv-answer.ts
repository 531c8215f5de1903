import 'server-only';
import { signedIn } from '@/app/signed-in';
import { Failure } from '@/server/domain/errors';
import type { UserPrincipal } from '@/server/domain/principal';
import { exportActivity } from '@/server/services/activity/export-activity';
import type { ActivityScope } from '@/server/services/activity/read-activity';
import type { ActivityQuery } from '@/server/services/activity/read-filter';
import { recordLook } from '@/server/services/views/record-look';
import { getRuntime } from '../runtime';
import { streamOf } from '../text-stream';

/**
 * The activity of a scope as a file (RFC 4180, UTF-8 with a mark for spreadsheets). What the visitor may not see is
 * answered 404 like what is not there; without a session 401.
 */
export async function csvAnswer(
  name: string,
  query: ActivityQuery,
  scopeFor: (principal: UserPrincipal) => Promise<ActivityScope>,
): Promise<Response> {
  const user = await signedIn();
  if (user === null) return new Response(null, { status: 401 });
  const deps = await getRuntime();
  if (user.look !== undefined) await recordLook(deps, user.look, `/dashboard/export/${name}`);
  let scope: ActivityScope;
  try {
    scope = await scopeFor(user.principal);
  } catch (error) {
    if (error instanceof Failure && (error.code === 'not_found' || error.code === 'forbidden'))
      return new Response(null, { status: 404 });
    throw error;
  }
  async function* pieces() {
    yield '\uFEFF';
    yield* exportActivity(deps, scope, query);
  }
  return new Response(streamOf(pieces()), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8; header=present',
      'Content-Disposition': `attachment; filename="${name}.csv"`,
      'Cache-Control': 'no-store',
    },
  });
}
