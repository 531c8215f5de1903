import { staffPasskeys } from '@/drizzle/schema';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { addStaffPasskey as operation } from '../../contracts/staff-account';
import { Failure } from '../../domain/errors';
import type { Caller, Deps } from '../deps';
import { misfit } from '../passkeys/add-passkey';
import { takeChallenge } from '../passkeys/challenge';
import { relyingParty } from '../passkeys/relying-party';
import { verifyRegistration } from '../passkeys/verify-registration';
import { toPasskey } from '../passkeys/view';
import { loadOwn } from './own-account';
import { recordStaffDeed } from './record-staff-deed';

/**
 * POST /staff/account/passkeys: keeps the public half of a key that was made for our challenge. Raises `invalid`
 * INVALID_PASSKEY when it does not fit, `conflict` PASSKEY_KNOWN.
 */
export async function addOwnPasskey(
  deps: Deps,
  caller: Caller,
  { body: { name, credential: answer } }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { row } = await loadOwn(deps, 'staff.addPasskey', caller);
  const { db, clock } = deps;
  const party = relyingParty(deps, caller);
  const now = clock.now();
  const of = { purpose: 'staff-register', accountId: row.id } as const;
  const challenge = await takeChallenge(db, answer.response.clientDataJSON, of, now);
  if (challenge === undefined) throw misfit();
  const credential = await verifyRegistration(deps, party, answer, challenge);
  if (credential === undefined) throw misfit();
  return db.transaction(async (tx) => {
    const [made] = await tx
      .insert(staffPasskeys)
      .values({ ...credential, accountId: row.id, name, createdAt: now })
      .onConflictDoNothing()
      .returning();
    if (made === undefined)
      throw new Failure('conflict', { reason: 'PASSKEY_KNOWN', message: 'This passkey is known already.' });
    await recordStaffDeed(tx, caller, {
      ...{ action: 'staff.addPasskey', accountId: row.id, at: now },
      data: { name },
    });
    return toPasskey(made);
  });
}
