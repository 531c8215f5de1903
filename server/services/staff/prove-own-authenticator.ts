import { and, eq } from 'drizzle-orm';
import { staffAccounts } from '@/drizzle/schema';
import type { InputOf } from '../../contracts/operation';
import type { proveStaffAuthenticator as operation } from '../../contracts/staff-account';
import { Failure } from '../../domain/errors';
import type { Caller, Deps } from '../deps';
import { endStaffSessions } from './end-sessions';
import { loadOwn } from './own-account';
import { countCode, refuseCode } from './prove-factor';
import { recordStaffDeed } from './record-staff-deed';
import { stepOfCode } from './totp';

/**
 * POST /staff/account/authenticator: a code of the new authenticator puts it in place of the old one; every other session
 * ends. Raises `invalid` INVALID_AUTH_CODE, `conflict` when none was begun, `rate_limited`.
 */
export async function proveOwnAuthenticator(
  deps: Deps,
  caller: Caller,
  { body: { code } }: InputOf<typeof operation>,
): Promise<undefined> {
  const { row, staff } = await loadOwn(deps, 'staff.proveAuthenticator', caller);
  await countCode(deps, row.id);
  const { sealedNewTotp } = row;
  const begun = new Failure('conflict', { reason: 'FACTOR_MISSING', message: 'No authenticator was begun.' });
  if (sealedNewTotp === null) throw begun;
  const at = deps.clock.now();
  const step = stepOfCode(deps.secrets.open(sealedNewTotp), code, at);
  if (step === undefined) throw refuseCode('INVALID_AUTH_CODE', 'The code is wrong or no longer good.');
  await deps.db.transaction(async (tx) => {
    const changed = await tx
      .update(staffAccounts)
      .set({ sealedTotp: sealedNewTotp, sealedNewTotp: null, totpStep: step })
      // The very secret that the code was held against.
      .where(and(eq(staffAccounts.id, row.id), eq(staffAccounts.sealedNewTotp, sealedNewTotp)))
      .returning({ id: staffAccounts.id });
    if (changed.length === 0) throw begun;
    const ended = await endStaffSessions(tx, row.id, at, { but: staff.sessionId });
    await recordStaffDeed(tx, caller, {
      action: 'staff.changeFactor',
      accountId: row.id,
      at,
      data: { ended },
    });
  });
}
