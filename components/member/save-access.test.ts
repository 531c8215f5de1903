import { describe, expect, it } from 'vitest';
import type { Access } from './describe-change';
import { type AccessPlan, saveAccess } from './save-access';

const before: Access = {
  role: 'guest',
  grants: [
    { id: 'a', lockId: 1, window: {} },
    { id: 'b', lockId: 2, window: {} },
  ],
};
const after: Access = {
  role: 'member',
  grants: [
    { id: 'b', lockId: 2, window: { from: '08:00', until: '12:00' } },
    { lockId: 3, window: {} },
    { lockId: 4, window: {} },
  ],
};

/** Saves, breaking off before the steps with these numbers; says what was asked of the service. */
async function saveWith(broken: readonly number[], first: AccessPlan) {
  const asked: string[] = [];
  let plan = first;
  let made = 0;
  const act = async (what: string) => {
    asked.push(what);
    if (broken.includes(asked.length)) throw new Error('the network is gone');
  };
  const acts = {
    changeRole: (role: string) => act(`role ${role}`),
    remove: ({ id }: { id: string }) => act(`remove ${id}`),
    update: ({ id }: { id: string }) => act(`update ${id}`),
    create: async ({ lockId }: { lockId: number }) => {
      await act(`create ${lockId}`);
      made += 1;
      return `new-${made}`;
    },
  };
  for (let tries = 0; tries <= broken.length; tries += 1) {
    const done = await saveAccess(plan, acts, (next) => {
      plan = next;
    }).then(
      () => true,
      () => false,
    );
    if (done) return { asked, plan };
  }
  throw new Error('it was never saved');
}

describe('saving what somebody may open', () => {
  const steps = ['remove a', 'update b', 'create 3', 'create 4', 'role member'];

  it('takes away first', async () => {
    expect((await saveWith([], { before, after })).asked).toEqual(steps);
    expect((await saveWith([], { before: after, after: before })).asked[0]).toBe('role guest');
  });

  it.each([1, 2, 3, 4, 5])('broken off at step %i, it goes on from there', async (step) => {
    const { asked, plan } = await saveWith([step], { before, after });
    expect(asked).toEqual([...steps.slice(0, step), ...steps.slice(step - 1)]);
    expect(plan.before.role).toBe('member');
    expect(plan.before.grants).toEqual(plan.after.grants);
    expect(plan.after.grants.map(({ id }) => id)).toEqual(['b', 'new-1', 'new-2']);
  });
});
