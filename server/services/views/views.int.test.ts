import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditEntries, homes, homeViews, staffAccounts, staffGrants } from '@/drizzle/schema';
import { operations } from '@/server/contracts/registry';
import { verdict } from '@/server/domain/permissions';
import type { StaffPrincipal, UserPrincipal } from '@/server/domain/principal';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { listLocks } from '../locks/list-locks';
import { openLock } from '../locks/open-lock';
import { answerView } from './answer-view';
import { askView } from './ask-view';
import { endOwnView, endView } from './end-view';
import { homeOfLook } from './home-of-look';
import { listMyViews } from './list-my-views';
import { listViews, listViewsForStaff } from './list-views';
import { recordLook } from './record-look';
import { resolveView } from './resolve-view';

const factory = ground();
const { db } = factory.deps;
const wanted = { reason: 'The front door shows as unknown', minutes: 15 };
const none = { query: undefined, body: undefined };
let owner: Person;
let homeId: number;
let lockId: number;
let staff: StaffPrincipal;
let elsewhere: StaffPrincipal;
/** What the services are given; its clock is moved by tests. */
let deps = factory.deps;
const accounts: number[] = [];

async function makeStaff(name: string, projects: number[]): Promise<StaffPrincipal> {
  const [row] = await db
    .insert(staffAccounts)
    .values({ email: `${randomUUID()}@example.com`, name, role: 'support' })
    .returning();
  const accountId = row?.id ?? 0;
  accounts.push(accountId);
  return { kind: 'staff', accountId, sessionId: randomUUID(), name, role: 'support', projects };
}
const asOwner = (): { principal: UserPrincipal; via: 'page' } => ({
  principal: {
    kind: 'user',
    userId: owner.user.id,
    sessionId: owner.sessionId,
    projectId: owner.user.projectId,
    appId: 'dashboard',
    name: 'Kim',
  },
  via: 'page',
});
const asStaff = (principal = staff) => ({ principal, via: 'page' }) as const;
const ask = (by = staff) =>
  askView(deps, asStaff(by), { params: { homeId }, query: undefined, body: wanted });
const answer = (viewId: string, granted = true) =>
  answerView(deps, asOwner(), { params: { homeId, viewId }, query: undefined, body: { granted } });
const granted = async () => {
  const { id } = await ask();
  await answer(id);
  return id;
};
const later = (minutes: number) => {
  const at = Date.now() + minutes * 60_000;
  deps = { ...factory.deps, clock: { now: () => new Date(at) } };
};

beforeEach(async () => {
  deps = factory.deps;
  const project = await factory.project();
  owner = await factory.person(project.id);
  homeId = (await factory.home(owner)).id;
  lockId = (await factory.lock(homeId)).id;
  staff = await makeStaff('Siri Support', [project.id]);
  elsewhere = await makeStaff('Other', [(await factory.project()).id]);
});
afterEach(async () => {
  for (const id of accounts.splice(0)) await db.delete(staffAccounts).where(eq(staffAccounts.id, id));
});

describe('a look at a home', () => {
  it('is told to the owner with the name and the clock of the home', async () => {
    await db.update(homes).set({ timezone: 'Asia/Tokyo' }).where(eq(homes.id, homeId));
    const id = await granted();
    expect((await listMyViews(deps, asOwner())).items).toMatchObject([
      { id, homeId, timezone: 'Asia/Tokyo' },
    ]);
  });

  it('is asked for with a reason, granted by an owner for minutes, and then worth the eyes of that owner', async () => {
    const view = await ask();
    expect(view).toMatchObject({ status: 'asked', staffName: 'Siri Support', ...wanted });
    expect(await resolveView(deps, staff, view.id)).toBeUndefined();
    expect((await listViews(deps, asOwner(), { params: { homeId }, ...none })).items).toEqual([view]);
    const answered = await answer(view.id);
    const life = Date.parse(answered.expiresAt) - Date.parse(answered.decidedAt ?? '');
    expect([answered.status, life]).toEqual(['granted', wanted.minutes * 60_000]);
    const usable = await resolveView(deps, staff, view.id);
    expect(usable?.principal).toMatchObject({
      kind: 'user',
      userId: owner.user.id,
      view: { id: view.id, staffId: staff.accountId, staffName: 'Siri Support' },
    });
  });

  it('is nobody’s but the one’s who asked', async () => {
    const id = await granted();
    const colleague = await makeStaff('Colleague', [owner.user.projectId]);
    expect(await resolveView(deps, colleague, id)).toBeUndefined();
    await expect(
      endOwnView(deps, asStaff(colleague), { params: { homeId, viewId: id }, ...none }),
    ).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await resolveView(deps, staff, id)).toBeDefined();
  });

  it('is told to colleagues as somebody else’s', async () => {
    await granted();
    const colleague = await makeStaff('Colleague', [owner.user.projectId]);
    const isOwn = async (by: StaffPrincipal) =>
      (await listViewsForStaff(deps, asStaff(by), { params: { homeId }, ...none })).items.map(
        (view) => view.isOwn,
      );
    expect([await isOwn(staff), await isOwn(colleague)]).toEqual([[true], [false]]);
  });

  it('leads back to its home, over or not, whoever asked for it and no one else', async () => {
    const { id: projectId } = await factory.project();
    const mine = await factory.person(projectId);
    const home = await factory.home(mine);
    const [asked, other] = [
      await factory.staff('support', [projectId]),
      await factory.staff('support', 'all'),
    ];
    accounts.push(asked.account.id, other.account.id);
    const principal = { ...staff, accountId: asked.account.id, projects: [projectId] };
    const input = { params: { homeId: home.id }, query: undefined, body: wanted };
    const { id: viewId } = await askView(deps, asStaff(principal), input);
    expect(await homeOfLook(deps, { staffToken: asked.token, viewId })).toBe(home.id);
    expect(await homeOfLook(deps, { staffToken: other.token, viewId })).toBeUndefined();
    expect(await homeOfLook(deps, { staffToken: undefined, viewId })).toBeUndefined();
    expect(await homeOfLook(deps, { staffToken: asked.token, viewId: 'no-uuid' })).toBeUndefined();
    await factory.deps.db.delete(staffGrants).where(eq(staffGrants.accountId, asked.account.id));
    expect(await homeOfLook(deps, { staffToken: asked.token, viewId })).toBeUndefined();
  });

  it('cannot be asked for at a home of a project that the account does not work for', async () => {
    await expect(ask(elsewhere)).rejects.toMatchObject({ code: 'not_found' });
    const id = await granted();
    expect(await resolveView(deps, { ...staff, projects: [] }, id)).toBeUndefined();
  });

  it.each(['owner', 'staff'] as const)('that the %s ends is over with the next request', async (who) => {
    const id = await granted();
    const input = { params: { homeId, viewId: id }, ...none };
    await (who === 'owner' ? endView(deps, asOwner(), input) : endOwnView(deps, asStaff(), input));
    expect(await resolveView(deps, staff, id)).toBeUndefined();
    const [view] = (await listViews(deps, asOwner(), { params: { homeId }, ...none })).items;
    expect(view?.status).toBe('ended');
  });

  it('is over when its minutes are, and another may be asked for', async () => {
    const id = await granted();
    await expect(ask()).rejects.toMatchObject({ code: 'conflict', reason: 'VIEW_OPEN' });
    later(wanted.minutes);
    expect(await resolveView(deps, staff, id)).toBeUndefined();
    expect((await ask()).status).toBe('asked');
    const { items } = await listViews(deps, asOwner(), { params: { homeId }, ...none });
    expect(items.map(({ status }) => status)).toEqual(['asked', 'expired']);
  });

  it('that was refused, answered or forgotten is granted by nobody any more', async () => {
    const refused = await ask();
    await answer(refused.id, false);
    expect(await resolveView(deps, staff, refused.id)).toBeUndefined();
    await expect(answer(refused.id)).rejects.toMatchObject({ code: 'conflict', reason: 'VIEW_DECIDED' });
    const forgotten = await ask();
    later(60);
    await expect(answer(forgotten.id)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('ends with the place of the owner who granted it', async () => {
    const id = await granted();
    const second = await factory.person(owner.user.projectId);
    await factory.member(homeId, second, 'owner');
    await factory.member(homeId, owner, 'member');
    expect(await resolveView(deps, staff, id)).toBeUndefined();
  });

  it('is answered by owners alone', async () => {
    const { id } = await ask();
    const member = await factory.person(owner.user.projectId);
    await factory.member(homeId, member, 'member');
    const principal = { ...asOwner().principal, userId: member.user.id };
    const input = { params: { homeId, viewId: id }, query: undefined, body: { granted: true } };
    await expect(answerView(deps, { principal, via: 'page' }, input)).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await resolveView(deps, staff, id)).toBeUndefined();
  });

  it('leaves each step and each page in the record, with its reason', async () => {
    const id = await granted();
    const usable = await resolveView(deps, staff, id);
    if (usable === undefined) throw new Error('the look is not usable');
    for (const path of ['/dashboard', '/dashboard', `/dashboard/locks/${lockId}`])
      await recordLook(deps, { ...usable, staff }, path);
    await endView(deps, asOwner(), { params: { homeId, viewId: id }, ...none });
    const lines = await db.select().from(auditEntries).where(eq(auditEntries.homeId, homeId));
    expect(
      lines
        // The making of the lock is taken in whenever the bridge gets to it.
        .filter(({ source }) => source?.startsWith('event:') !== true)
        .toSorted((a, b) => a.id - b.id)
        .map(({ action, actorKind, reason, data }) => [action, actorKind, reason ?? data?.path ?? null]),
    ).toEqual([
      ['view.ask', 'staff', wanted.reason],
      ['view.grant', 'user', null],
      ['view.look', 'staff', '/dashboard'],
      ['view.look', 'staff', `/dashboard/locks/${lockId}`],
      ['view.end', 'user', null],
    ]);
  });

  it('asked for twice at once is one request', async () => {
    const asked = await Promise.allSettled([ask(), ask(), ask()]);
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await db.select().from(homeViews).where(eq(homeViews.homeId, homeId))).toHaveLength(1);
  });
});

describe('through the eyes of an owner staff', () => {
  it('see the doors and open none', async () => {
    const usable = await resolveView(deps, staff, await granted());
    if (usable === undefined) throw new Error('the look is not usable');
    const caller = { principal: usable.principal, via: 'page' } as const;
    const listed = await listLocks(deps, caller, { query: {} } as never);
    expect(JSON.stringify(listed)).toContain('Front door');
    await expect(openLock(deps, caller, { params: { id: lockId }, body: {} } as never)).rejects.toMatchObject(
      { code: 'forbidden' },
    );
    expect(await factory.openings(lockId)).toEqual([]);
  });

  it('change nothing: whatever writes is refused, by the table itself', () => {
    const facts = { exists: true, projectId: 1, role: 'owner', subjectUserId: 5 } as const;
    const person: UserPrincipal = {
      kind: 'user',
      userId: 5,
      sessionId: randomUUID(),
      projectId: 1,
      appId: 'dashboard',
      name: 'Kim',
    };
    const looking = { ...person, view: { id: randomUUID(), staffId: 9, staffName: 'Siri' } };
    const ids = Object.keys(operations) as (keyof typeof operations)[];
    const refused = ids.filter((id) => verdict(id, looking, facts) === 'deny');
    const writing = ids.filter((id) => operations[id].method !== 'GET');
    expect(writing.filter((id) => !refused.includes(id))).toEqual([]);
    expect(
      ids.filter((id) => verdict(id, looking, facts) === 'allow' && verdict(id, person, facts) !== 'allow'),
    ).toEqual([]);
    expect(refused).toContain('userSession.listen');
  });
});
