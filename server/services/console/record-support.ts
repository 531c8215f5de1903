import { eq } from 'drizzle-orm';
import { homeMembers, homes } from '@/drizzle/schema';
import type { Transaction } from '../../db/client';
import type { StaffPrincipal } from '../../domain/principal';
import { recordDeed } from '../audit/record';
import type { Caller, Deps } from '../deps';
import type { HomeRow } from '../homes/view';
import { tellPeople } from '../notifications/tell-people';
import type { UserRow } from '../users/view';

/** What a member of staff did, and why. */
interface SupportDeed {
  /** `noun.verb` */
  action: string;
  reason: string;
  subject?: { kind: string; id: string };
  data?: Record<string, unknown>;
}

type Writing = Pick<Deps, 'clock' | 'messaging' | 'secrets'>;
export type StaffCaller = Pick<Caller, 'address'> & { staff: StaffPrincipal };

/**
 * Writes into the audit trail what staff did to a home, and tells its owners that they did, in the transaction of the
 * deed itself.
 */
export async function recordHomeDeed(
  deps: Writing,
  tx: Transaction,
  { staff, address }: StaffCaller,
  home: HomeRow,
  deed: SupportDeed,
): Promise<void> {
  const at = deps.clock.now();
  await recordDeed(tx, staff, {
    ...deed,
    projectId: home.projectId,
    homeId: home.id,
    address: address ?? null,
    at,
  });
  const actor = { kind: 'staff', id: String(staff.accountId), name: staff.name };
  const cause = `support:${home.id}:${staff.accountId}:${at.getTime()}:${deed.action}`;
  await tellPeople(deps, tx, home, [{ topic: 'support', lockId: 0, cause, count: 1, actor }]);
}

/**
 * The same for what staff did to an account: one line for each home of the person, whose owners are told; a line without
 * a home for a person who has none.
 */
export async function recordUserDeed(
  deps: Writing,
  tx: Transaction,
  caller: StaffCaller,
  user: UserRow,
  deed: Omit<SupportDeed, 'subject'>,
): Promise<void> {
  const subject = { kind: 'user', id: String(user.id) };
  const places = await tx
    .select({ home: homes })
    .from(homeMembers)
    .innerJoin(homes, eq(homes.id, homeMembers.homeId))
    .where(eq(homeMembers.userId, user.id))
    .orderBy(homes.id);
  for (const { home } of places) await recordHomeDeed(deps, tx, caller, home, { ...deed, subject });
  if (places.length > 0) return;
  await recordDeed(tx, caller.staff, {
    ...deed,
    subject,
    projectId: user.projectId,
    address: caller.address ?? null,
    at: deps.clock.now(),
  });
}
