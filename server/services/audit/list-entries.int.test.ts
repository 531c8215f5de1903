import { expect, it } from 'vitest';
import { listAudit } from '@/server/contracts/audit';
import { anonymous, type Principal } from '@/server/domain/principal';
import { auditGround, supporterOf } from '@/server/testing/audit-ground';
import { ground } from '@/server/testing/ground';
import { exportEntries } from './export-entries';
import { listColleagues } from './list-colleagues';
import { listEntries } from './list-entries';
import { recordDeed } from './record';

const factory = ground();
const audit = auditGround(factory);
const { deps } = factory;
const list = (principal: Principal, query: object) =>
  listEntries(deps, { principal }, { query: listAudit.query?.parse(query) as never });

it('staff read the trail of their projects page by page, and nothing of another', async () => {
  const [ours, other] = [await factory.project(), await factory.project()];
  await audit.deeds(ours.id, 5);
  await audit.deeds(other.id, 1);
  const sam = supporterOf([ours.id]);
  const first = await list(sam, { limit: '3' });
  expect(first.items.map(({ reason }) => reason)).toEqual([4, 3, 2].map((n) => `The owner called (${n})`));
  expect(first.items[0]).toMatchObject({
    projectId: ours.id,
    who: { kind: 'staff', id: '7', name: 'Sam' },
    action: 'home.deactivate',
    subject: { kind: 'home', id: '4' },
    data: { index: 4 },
  });
  const second = await list(sam, { limit: '3', after: first.next });
  expect({ count: second.items.length, next: second.next }).toEqual({ count: 2, next: null });
  await expect(list(sam, { projectId: other.id })).rejects.toMatchObject({ code: 'not_found' });
  expect((await list(supporterOf('all'), { projectId: other.id })).items).toHaveLength(1);
});

it('lines name what they are about as it is called now, and nothing of another project', async () => {
  const kim = await factory.person((await factory.project()).id);
  const home = await factory.home(kim, 'Quay 9');
  const { projectId } = home;
  const other = await factory.home(await factory.person((await factory.project()).id), 'Elsewhere');
  const sam = supporterOf([projectId]);
  const deed = { projectId, at: new Date(), action: 'home.look' };
  for (const { id } of [home, other])
    await recordDeed(deps.db, sam, { ...deed, homeId: id, subject: { kind: 'home', id: String(id) } });
  await recordDeed(deps.db, sam, { ...deed, subject: { kind: 'user', id: String(kim.user.id) } });
  await recordDeed(deps.db, sam, { ...deed, subject: { kind: 'hub', id: 'no uuid' } });
  const told = (await list(sam, {})).items.map(({ subject, homeName }) => [subject?.name, homeName]);
  expect(told.reverse()).toEqual([
    ['Quay 9', 'Quay 9'],
    [undefined, undefined],
    ['Kim', undefined],
    [undefined, undefined],
  ]);
});

it('staff know the staff of their projects and of all by name, and no others', async () => {
  const [ours, other] = [await factory.project(), await factory.project()];
  const [sam, of2, elsewhere] = [
    (await factory.staff('support', [ours.id])).account,
    (await factory.staff('admin', [ours.id, other.id])).account,
    (await factory.staff('support', [other.id])).account,
  ];
  const ofAll = (await factory.staff('admin', 'all')).account;
  const known = async (principal: Principal) => {
    const ids = (await listColleagues(deps, { principal })).map(({ id }) => id);
    return [sam, of2, elsewhere, ofAll].map(({ id }) => ids.includes(id));
  };
  expect(await known(supporterOf([ours.id]))).toEqual([true, true, false, true]);
  expect(await known(supporterOf([]))).toEqual([false, false, false, true]);
  expect(await known(supporterOf('all'))).toEqual([true, true, true, true]);
  await expect(listColleagues(deps, { principal: anonymous })).rejects.toMatchObject({
    code: 'unauthenticated',
  });
});

it('filters choose by who, what, where and when', async () => {
  const { id: projectId } = await factory.project();
  const sam = supporterOf([projectId]);
  const deed = { projectId, at: new Date('2026-03-01T12:00:00Z') };
  await recordDeed(deps.db, sam, { ...deed, action: 'hub.suspend', subject: { kind: 'hub', id: 'a:b' } });
  await recordDeed(deps.db, sam, { ...deed, action: 'home.look', homeId: 77, at: new Date() });
  const actions = async (query: object) => (await list(sam, query)).items.map(({ action }) => action);
  expect(await actions({ action: 'hub.suspend' })).toEqual(['hub.suspend']);
  expect(await actions({ subject: 'hub:a:b' })).toEqual(['hub.suspend']);
  expect(await actions({ subject: 'hub' })).toEqual(['hub.suspend']);
  expect(await actions({ homeId: 77 })).toEqual(['home.look']);
  expect(await actions({ actor: 'staff:7' })).toHaveLength(2);
  expect(await actions({ actor: 'user' })).toEqual([]);
  expect(await actions({ until: '2026-03-02T00:00:00Z' })).toEqual(['hub.suspend']);
  expect(await actions({ from: '2026-03-02T00:00:00Z' })).toEqual(['home.look']);
});

it('all lines that a filter lets through are taken along, and that stands in the record with the filter', async () => {
  const { id: projectId } = await factory.project();
  await audit.deeds(projectId, 201);
  const sam = supporterOf([projectId]);
  const take = async (query: object) => {
    let text = '';
    for await (const piece of await exportEntries(deps, { principal: sam, via: 'page' }, query))
      text += piece;
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as { id: string; data: object });
  };
  const taken = await take({ projectId, action: 'home.deactivate' });
  expect(taken.map(({ data }) => data)).toEqual(
    Array.from({ length: 201 }, (_, index) => ({ index: 200 - index })),
  );
  const [noted] = (await list(sam, { projectId, limit: '1' })).items;
  expect(noted).toMatchObject({
    who: { kind: 'staff', id: '7' },
    action: 'audit.export',
    data: { projectId, action: 'home.deactivate' },
  });
  await expect(take({ projectId: (await factory.project()).id })).rejects.toMatchObject({
    code: 'not_found',
  });
});

it('what was done to the installation is for administrators of all projects', async () => {
  await recordDeed(deps.db, supporterOf('all', 'admin'), {
    projectId: 0,
    action: 'staff.create',
    subject: { kind: 'staff', id: 'of this test' },
    at: new Date(),
  });
  const query = { subject: 'staff:of this test' };
  expect((await list(supporterOf('all', 'admin'), query)).items).toHaveLength(1);
  expect((await list(supporterOf('all'), query)).items).toEqual([]);
  expect((await list(supporterOf([1], 'admin'), query)).items).toEqual([]);
});

it('nobody but staff reads it', async () => {
  await expect(list(anonymous, {})).rejects.toMatchObject({ code: 'unauthenticated' });
  await expect(list({ kind: 'superKey', keyId: 'k' }, {})).rejects.toMatchObject({ code: 'forbidden' });
});
