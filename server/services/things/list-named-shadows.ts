import { and, asc, eq, gt, ne } from 'drizzle-orm';
import { shadows } from '@/drizzle/schema';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { listNamedShadows as operation } from '../../contracts/things';
import { Failure, invalidField } from '../../domain/errors';
import { authorise, verdict } from '../../domain/permissions';
import { isShadowName } from '../../domain/topics';
import { type Caller, type Deps, defaultShadowRules } from '../deps';
import { loadThing } from './load-thing';

const pageDefault = 25;

function readToken(token: string | undefined): string {
  if (token === undefined) return '';
  const name = Buffer.from(token, 'base64url').toString();
  if (!isShadowName(name)) throw invalidField('nextToken', 'is none of ours');
  return name;
}

/**
 * GET /api/things/shadow/ListNamedShadowsForThing/{thing} (device-shadow 10): names in order, without the classic one; a
 * thing that is none of the caller's has none. Raises `unavailable` in AWS mode, where only AWS can list them.
 */
export async function listNamedShadows(
  deps: Deps,
  { principal }: Caller,
  { params, query }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const timestamp = Math.floor(deps.clock.now().getTime() / 1_000);
  const after = readToken(query.nextToken);
  const { facts } = await loadThing(deps, principal, params.thing);
  if (verdict('things.listShadows', principal, facts) === 'not-found') return { results: [], timestamp };
  authorise('things.listShadows', principal, facts);
  if ((deps.shadowRules ?? defaultShadowRules).keeper === 'aws') throw new Failure('unavailable');
  const size = query.pageSize ?? pageDefault;
  const rows = await deps.db
    .select({ name: shadows.name })
    .from(shadows)
    .where(
      and(
        eq(shadows.thing, params.thing),
        ne(shadows.name, ''),
        eq(shadows.deleted, false),
        gt(shadows.name, after),
      ),
    )
    .orderBy(asc(shadows.name))
    .limit(size + 1);
  const results = rows.slice(0, size).map(({ name }) => name);
  const last = results.at(-1);
  return {
    results,
    ...(rows.length > size && last !== undefined
      ? { nextToken: Buffer.from(last).toString('base64url') }
      : {}),
    timestamp,
  };
}
