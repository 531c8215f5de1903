import { and, eq } from 'drizzle-orm';
import { staffPasskeys } from '@/drizzle/schema';
import type { InputOf } from '../../contracts/operation';
import type { removeStaffPasskey as operation } from '../../contracts/staff-account';
import { Failure } from '../../domain/errors';
import type { Caller, Deps } from '../deps';
import { loadOwn } from './own-account';
import { recordStaffDeed } from './record-staff-deed';

/** DELETE /staff/account/passkeys/{id}: worth nothing from now on; the authenticator stays. */
export async function removeOwnPasskey(
  deps: Deps,
  caller: Caller,
  { params: { id } }: InputOf<typeof operation>,
): Promise<undefined> {
  const { row } = await loadOwn(deps, 'staff.removePasskey', caller);
  await deps.db.transaction(async (tx) => {
    const [gone] = await tx
      .delete(staffPasskeys)
      .where(and(eq(staffPasskeys.id, id), eq(staffPasskeys.accountId, row.id)))
      .returning({ name: staffPasskeys.name });
    if (gone === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
    const deed = { action: 'staff.removePasskey', accountId: row.id, at: deps.clock.now() };
    await recordStaffDeed(tx, caller, { ...deed, data: { name: gone.name } });
  });
}
