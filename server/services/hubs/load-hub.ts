import { and, eq, sql } from 'drizzle-orm';
import { homeMembers, homes, hubs, projects, users } from '@/drizzle/schema';
import type { Executor, Transaction } from '../../db/client';
import type { Facts } from '../../domain/permissions';
import type { Principal } from '../../domain/principal';

export type HubRow = typeof hubs.$inferSelect;

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Whether a text can be the id of a hub; any other text is the id of none. */
export const isHubId = (text: string): boolean => uuidShape.test(text);

/** The MQTT identity of a hub, unless its factory gave it another. */
export const hubThing = (id: string): string => `hub-${id}`;

export interface LoadedHub {
  hub: HubRow | undefined;
  /** The organisation's id on the wire. */
  orgId: string | null;
  facts: Facts;
}

/** A hub and what the permission table needs to know of it and the caller. */
export async function loadHub(db: Executor, principal: Principal, id: string): Promise<LoadedHub> {
  const nothing: LoadedHub = { hub: undefined, orgId: null, facts: { exists: false } };
  if (!isHubId(id)) return nothing;
  const userId = principal.kind === 'user' ? principal.userId : 0;
  const [row] = await db
    .select({
      hub: hubs,
      orgId: projects.uuid,
      deactivated: homes.deactivated,
      role: homeMembers.role,
      verified: users.verified,
    })
    .from(hubs)
    .leftJoin(projects, eq(projects.id, hubs.projectId))
    .leftJoin(homes, eq(homes.id, hubs.homeId))
    .leftJoin(homeMembers, and(eq(homeMembers.homeId, homes.id), eq(homeMembers.userId, userId)))
    .leftJoin(users, eq(users.id, homeMembers.userId))
    .where(eq(hubs.id, id));
  if (row === undefined) return nothing;
  return {
    hub: row.hub,
    orgId: row.orgId,
    facts: {
      exists: true,
      projectId: row.hub.projectId,
      deactivated: row.deactivated ?? false,
      role: row.verified === true ? (row.role ?? undefined) : undefined,
    },
  };
}

/** The hub's row, held until the transaction ends: its commands run one after another (lock-api 8). */
export async function holdHub(tx: Transaction, id: string): Promise<HubRow | undefined> {
  const [row] = await tx.select().from(hubs).where(eq(hubs.id, id)).for('update');
  return row;
}

/** The organisation's id on the wire of a project. */
export async function orgIdOf(executor: Executor, projectId: number | null): Promise<string | null> {
  if (projectId === null) return null;
  const [row] = await executor
    .select({ uuid: projects.uuid })
    .from(projects)
    .where(sql`${projects.id} = ${projectId}`);
  return row?.uuid ?? null;
}
