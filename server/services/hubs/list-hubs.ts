import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import { homeMembers, hubs, projects, users } from '@/drizzle/schema';
import type { listHubs as operation } from '../../contracts/hubs';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { invalidField } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { projectOf } from '../../domain/principal';
import type { Caller, Deps } from '../deps';
import { isHubId } from './load-hub';
import { toHub } from './view';

const pageSize = 50;

/**
 * GET /hubs (ours): a person sees the hubs of homes that he has a place in, a key those of its organisation, the super
 * key all. A home that is not the caller's to see has none, like one that is not there.
 */
export async function listHubs(
  { db, clock }: Deps,
  { principal }: Caller,
  { query }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  authorise('hubs.list', principal);
  const after = query.after === undefined ? undefined : Buffer.from(query.after, 'base64url').toString();
  if (after !== undefined && !isHubId(after)) throw invalidField('after', 'is no cursor of this list');
  const theirHomes =
    principal.kind === 'user'
      ? inArray(
          hubs.homeId,
          db
            .select({ id: homeMembers.homeId })
            .from(homeMembers)
            .innerJoin(users, eq(users.id, homeMembers.userId))
            .where(and(eq(homeMembers.userId, principal.userId), eq(users.verified, true))),
        )
      : undefined;
  const projectId = projectOf(principal);
  const rows = await db
    .select({ hub: hubs, orgId: projects.uuid })
    .from(hubs)
    .leftJoin(projects, eq(projects.id, hubs.projectId))
    .where(
      and(
        theirHomes,
        projectId === undefined ? undefined : eq(hubs.projectId, projectId),
        query.homeId === undefined ? undefined : eq(hubs.homeId, Number(query.homeId)),
        after === undefined ? undefined : gt(hubs.id, after),
      ),
    )
    .orderBy(asc(hubs.id))
    .limit(pageSize + 1);
  const items = rows.slice(0, pageSize);
  const last = items.at(-1);
  const isMore = rows.length > pageSize && last !== undefined;
  return {
    items: items.map(({ hub, orgId }) => toHub(hub, orgId, clock.now())),
    next: isMore ? Buffer.from(last.hub.id).toString('base64url') : null,
  };
}
