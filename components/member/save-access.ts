import { type Access, type DraftGrant, isSameWindow, type Role, windowChange } from './describe-change';

const strength: Record<Role, number> = { guest: 0, member: 1, owner: 2 };

/** What changes the service; each fails as the API does. */
export interface AccessActs {
  changeRole(role: Role): Promise<unknown>;
  /** One that is gone already is done. */
  remove(grant: { id: string; lockId: number }): Promise<unknown>;
  update(grant: { id: string; lockId: number }, change: ReturnType<typeof windowChange>): Promise<unknown>;
  /** Gives the id of the new grant. */
  create(grant: DraftGrant): Promise<string>;
}

/** What stands and what is wanted. */
export interface AccessPlan {
  before: Access;
  after: Access;
}

const without = (access: Access, grant: DraftGrant): Access => ({
  ...access,
  grants: access.grants.filter((one) => one !== grant),
});
const replaced = (access: Access, grant: DraftGrant, next: DraftGrant): Access => ({
  ...access,
  grants: access.grants.map((one) => (one === grant ? next : one)),
});

/**
 * Brings the service from one state to the other, and tells `onStep` after each step what stands then: after a failure
 * the rest is tried again from there. What is taken away goes first, so that a failure leaves less, not more.
 */
export async function saveAccess(
  plan: AccessPlan,
  acts: AccessActs,
  onStep: (plan: AccessPlan) => void,
): Promise<void> {
  let { before, after } = plan;
  const reached = (next: Partial<AccessPlan>) => {
    before = next.before ?? before;
    after = next.after ?? after;
    onStep({ before, after });
  };
  const changeRole = async () => {
    if (before.role === after.role) return;
    await acts.changeRole(after.role);
    reached({ before: { ...before, role: after.role } });
  };
  const isWeaker = strength[after.role] < strength[before.role];
  if (isWeaker) await changeRole();
  for (const grant of before.grants) {
    const { id, lockId } = grant;
    if (id === undefined) continue;
    const next = after.grants.find((one) => one.id === id);
    if (next === undefined) {
      await acts.remove({ id, lockId });
      reached({ before: without(before, grant) });
    } else if (!isSameWindow(grant.window, next.window)) {
      await acts.update({ id, lockId }, windowChange(next.window));
      reached({ before: replaced(before, grant, next) });
    }
  }
  for (const grant of after.grants) {
    if (grant.id !== undefined) continue;
    const made = { ...grant, id: await acts.create(grant) };
    reached({
      before: { ...before, grants: [...before.grants, made] },
      after: replaced(after, grant, made),
    });
  }
  if (!isWeaker) await changeRole();
}
