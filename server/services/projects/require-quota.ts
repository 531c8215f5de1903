import { type SQL, sql } from 'drizzle-orm';
import type { QuotaName, Quotas } from '../../contracts/project-words';
import type { Executor } from '../../db/client';
import { Failure } from '../../domain/errors';

type Limit = QuotaName | 'maxUsers' | 'maxHomes';

/** A limit of the project is reached: in both dialects the answer names it. */
export function quotaReached(limit: Limit, most: number): Failure {
  const message = `the project has a limit of ${most}`;
  return new Failure('forbidden', {
    reason: `EXCEEDED_${limit.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`,
    message: `${limit}: ${message}`,
    issues: [{ field: limit, message }],
  });
}

/** Whether a failure is a limit of the project that was reached. */
export const isQuotaReached = (error: unknown): error is Failure =>
  error instanceof Failure && error.reason?.startsWith('EXCEEDED_MAX_') === true;

/** Of our advisory locks: who adds to a project that has limits, and who writes messages for one. */
const roomLock = { things: 7_001, messages: 7_002 } as const;

/**
 * Makes those who add to a project wait for each other until the transaction ends, so that each counts what the one
 * before has added. Taken after rows of single things and before the row of a home.
 */
export async function holdRoom(
  tx: Pick<Executor, 'execute'>,
  projectId: number,
  of: keyof typeof roomLock = 'things',
): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(${roomLock[of]}::int, (${projectId}::bigint % 2147483647)::int)`,
  );
}

/** The limits that a project has. */
export async function quotasOf(tx: Pick<Executor, 'execute'>, projectId: number): Promise<Quotas> {
  const [row] = await tx.execute<{ quotas: Quotas }>(
    sql`select quotas from projects where id = ${projectId}`,
  );
  return row?.quotas ?? {};
}

/** What is to be added, by the limits that it counts against; `homeId`: of the limits of one home. */
export interface Addition {
  projectId: number | null;
  homeId?: number | null | undefined;
  adds: Partial<Record<QuotaName, number>>;
}

const inHome = (homeId: number) => sql`home_id = ${homeId}`;

/** How many there are of what a limit is about. */
function countOf(limit: QuotaName, projectId: number, homeId: number): SQL | undefined {
  const ofProject = sql`project_id = ${projectId}`;
  switch (limit) {
    case 'maxDevices':
      return sql`devices where ${ofProject}`;
    case 'maxLocks':
      return sql`locks where ${ofProject} and removed_at is null`;
    case 'maxHubs':
      return sql`hubs where ${ofProject} and status <> 'decommissioned'`;
    case 'maxModules':
      return sql`smart_modules where ${ofProject}`;
    case 'maxDevicesPerHome':
      return sql`devices where ${inHome(homeId)}`;
    case 'maxLocksPerHome':
      return sql`locks where ${inHome(homeId)} and removed_at is null`;
    case 'maxHubsPerHome':
      return sql`hubs where ${inHome(homeId)} and status <> 'decommissioned'`;
    case 'maxMembersPerHome':
      return sql`home_members where ${inHome(homeId)}`;
    // Those of a door, of bytes and of a day are counted where they are added.
    case 'maxLinksPerDoor':
    case 'maxValueBytesPerHome':
    case 'maxMessagesPerDay':
      return undefined;
  }
}

/**
 * Asks whether a project may hold so much more, in the transaction that adds it: of two that add at once the second
 * counts the first. A project without these limits costs one look. Raises `forbidden` EXCEEDED_MAX_…, naming the limit.
 */
export async function requireQuota(
  tx: Pick<Executor, 'execute'>,
  { projectId, homeId, adds }: Addition,
): Promise<void> {
  if (projectId === null || Object.keys(adds).length === 0) return;
  const quotas = await quotasOf(tx, projectId);
  const limits = (Object.keys(adds) as QuotaName[]).filter((limit) => quotas[limit] !== undefined);
  if (limits.length === 0) return;
  await holdRoom(tx, projectId);
  for (const limit of limits) {
    const counted = countOf(limit, projectId, homeId ?? 0);
    const most = quotas[limit];
    if (counted === undefined || most === undefined) continue;
    const [row] = await tx.execute<{ count: string }>(sql`select count(*)::text as count from ${counted}`);
    if (Number(row?.count ?? 0) + (adds[limit] ?? 0) > most) throw quotaReached(limit, most);
  }
}
