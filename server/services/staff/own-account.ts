import type { OperationId } from '../../contracts/registry';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { StaffPrincipal } from '../../domain/principal';
import type { Caller, Deps } from '../deps';
import { loadAccount, type StaffRow } from './account';
import { countCode, refuseCode, takeStep } from './prove-factor';
import { recordStaffDeed } from './record-staff-deed';
import { stepOfCode } from './totp';

export interface OwnAccount {
  row: StaffRow;
  staff: StaffPrincipal;
}

/** The account of the member of staff who calls. Raises `forbidden` for everybody else. */
export async function loadOwn(
  { db }: Pick<Deps, 'db'>,
  operation: OperationId,
  { principal }: Pick<Caller, 'principal'>,
): Promise<OwnAccount> {
  authorise(operation, principal);
  if (principal.kind !== 'staff') throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
  const { row } = await loadAccount(db, principal.accountId);
  if (row === undefined) throw new Failure('unauthenticated');
  return { row, staff: principal };
}

/**
 * Proves by a code of the authenticator as it is now that the session is still in the right hands: a browser left open
 * must not be enough to change how an account is entered. The code is used up whatever comes of the rest. Raises
 * `invalid` INVALID_AUTH_CODE or USED_AUTH_CODE, `conflict` when there is no authenticator, `rate_limited`.
 */
export async function proveOwn(
  deps: Pick<Deps, 'db' | 'clock' | 'secrets'>,
  caller: Caller,
  { row }: Pick<OwnAccount, 'row'>,
  code: string,
): Promise<void> {
  const { db, clock, secrets } = deps;
  await countCode(deps, row.id);
  const { sealedTotp } = row;
  if (sealedTotp === null)
    throw new Failure('conflict', { reason: 'FACTOR_MISSING', message: 'There is no authenticator.' });
  const now = clock.now();
  const deed = { action: 'staff.refuseCode', accountId: row.id, at: now };
  const step = stepOfCode(secrets.open(sealedTotp), code, now);
  if (step === undefined) {
    await recordStaffDeed(db, caller, deed);
    throw refuseCode('INVALID_AUTH_CODE', 'The code is wrong or no longer good.');
  }
  if ((await takeStep(db, { account: row }, sealedTotp, step)) === false) {
    await recordStaffDeed(db, caller, { ...deed, data: { used: true } });
    throw refuseCode('USED_AUTH_CODE', 'The code was used already. Wait for the next one.');
  }
}
