import { eq } from 'drizzle-orm';
import { staffAccounts } from '@/drizzle/schema';
import type { OperationId } from '../../contracts/registry';
import type { Executor } from '../../db/client';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadAccount, type StaffRow } from './account';

/**
 * Does something to a staff account in one transaction, with its row held, if the caller may. What would take rights from
 * the caller's own account is refused as `conflict`, so that an installation never loses its last administrator.
 */
export function manageAccount<Value>(
  { db }: Pick<Deps, 'db'>,
  operation: OperationId,
  { principal }: Caller,
  accountId: number,
  act: (tx: Executor, row: StaffRow, projects: readonly number[] | 'all') => Promise<Value>,
  { isForOthers = false } = {},
): Promise<Value> {
  return db.transaction(async (tx) => {
    await tx
      .select({ id: staffAccounts.id })
      .from(staffAccounts)
      .where(eq(staffAccounts.id, accountId))
      .for('update');
    const { row, facts } = await loadAccount(tx, accountId);
    authorise(operation, principal, facts);
    if (row === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
    if (isForOthers && principal.kind === 'staff' && principal.accountId === accountId)
      throw new Failure('conflict', {
        reason: 'OWN_ACCOUNT',
        message: 'Somebody else has to do this to your account.',
      });
    return act(tx, row, facts.staffProjects ?? []);
  });
}
