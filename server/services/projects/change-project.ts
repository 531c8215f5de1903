import { eq } from 'drizzle-orm';
import { projects } from '@/drizzle/schema';
import type { OperationId } from '../../contracts/registry';
import type { Executor, Transaction } from '../../db/client';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { type Deed, recordDeed } from '../audit/record';
import type { Caller, Deps } from '../deps';
import type { ProjectRow } from './create-project';

/** Nothing of that name in the project. */
export const missing = () => new Failure('not_found', { reason: 'NOT_FOUND' });

/** A project that the caller may do this to. Raises `not_found` for those of others, `forbidden`. */
export async function loadProject(
  executor: Pick<Executor, 'select'>,
  operation: OperationId,
  { principal }: Pick<Caller, 'principal'>,
  projectId: number,
): Promise<ProjectRow> {
  const [project] = await executor.select().from(projects).where(eq(projects.id, projectId));
  authorise(operation, principal, { exists: project !== undefined, projectId: project?.id ?? null });
  if (project === undefined) throw missing();
  return project;
}

interface Change {
  tx: Transaction;
  project: ProjectRow;
  at: Date;
  /** Writes what is done into the audit trail of the project. */
  record(deed: Pick<Deed, 'action' | 'subject' | 'data' | 'reason'>): Promise<void>;
}

/**
 * Changes something of a project in one transaction, if the caller may; changes of the same project wait for each other.
 * What comes of `act` is the answer. Raises `not_found` for projects of others, `forbidden`.
 */
export function changeProject<Value>(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  operation: OperationId,
  caller: Caller,
  projectId: number,
  act: (change: Change) => Promise<Value>,
): Promise<Value> {
  return db.transaction(async (tx) => {
    // Homes and accounts refer to the row; this hold lets them be made meanwhile.
    await tx
      .select({ id: projects.id })
      .from(projects)
      .where(eq(projects.id, projectId))
      .for('no key update');
    const project = await loadProject(tx, operation, caller, projectId);
    const at = clock.now();
    const record: Change['record'] = (deed) =>
      recordDeed(tx, caller.principal, { ...deed, projectId, address: caller.address ?? null, at });
    return act({ tx, project, at, record });
  });
}
