import { randomUUID } from 'node:crypto';
import { expect, inject, it } from 'vitest';
import { send } from '@/server/testing/api-client';
import { auditGround } from '@/server/testing/audit-ground';
import { ground } from '@/server/testing/ground';
import { until } from '@/server/testing/until';
import { takeInRecords } from './take-in';

const factory = ground();
const audit = auditGround(factory);
const url = inject('url');

/** Takes in what is recorded elsewhere until the making of a lock stands there, with all that happened before it. */
const takenIn = (project: number, lockId: number) =>
  until(async () => {
    await takeInRecords(factory.deps);
    return (await audit.lines(project)).some(({ source }) => source === `event:lock:${lockId}:1`);
  });

/** A home with an owner and a member, and the lines of its project that a call adds. */
async function world() {
  const { id: project } = await factory.project();
  const [kim, mo] = [await factory.person(project, 'Kim'), await factory.person(project, 'Mo')];
  const home = await factory.home(kim);
  await factory.member(home.id, mo, 'member');
  const lock = await factory.lock(home.id);
  await takenIn(project, lock.id);
  const call = async (
    method: string,
    path: string,
    body?: object,
    credentials: object = { token: kim.token },
  ) => {
    const before = new Set((await audit.lines(project)).map(({ id }) => id));
    const answer = await send(url, method, path, {
      ...credentials,
      ...(body === undefined ? {} : { body }),
      headers: { 'x-forwarded-for': '203.0.113.8' },
    });
    const added = (await audit.lines(project)).filter(({ id }) => !before.has(id));
    return { answer, added: added.filter(({ source }) => source?.startsWith('opening') !== true) };
  };
  return { project, kim, mo, home, lock, call };
}

it('what owners decide is recorded with their name, where it happens', async () => {
  const { kim, mo, home, lock, call, project } = await world();
  const by = { projectId: project, homeId: home.id, actorKind: 'user', actorId: String(kim.user.id) };
  const one = async (method: string, path: string, body: object | undefined, line: object) => {
    const { answer, added } = await call(method, path, body);
    expect(answer.status).toBeLessThan(300);
    expect(added).toContainEqual(
      expect.objectContaining({ ...by, actorName: 'Kim', address: '203.0.113.8', ...line }),
    );
    return answer.body;
  };
  const subject = { subjectKind: 'user', subjectId: String(mo.user.id) };
  await one(
    'PATCH',
    `/homes/${home.id}`,
    { timezone: 'Asia/Tokyo' },
    { action: 'home.set-timezone', data: { from: home.timezone, to: 'Asia/Tokyo' } },
  );
  const member = `/homes/${home.id}/members/${mo.user.id}`;
  await one(
    'PATCH',
    member,
    { role: 'guest' },
    { action: 'member.change-role', data: { from: 'member', to: 'guest' }, ...subject },
  );
  const grant = await one(
    'POST',
    `/locks/${lock.id}/grants`,
    { userId: mo.user.id },
    { action: 'grant.create', data: { lockId: lock.id, userId: mo.user.id } },
  );
  const path = `/locks/${lock.id}/grants/${grant.id}`;
  await one('PATCH', path, { note: 'weekends' }, { action: 'grant.change', subjectId: grant.id });
  await one('DELETE', path, undefined, { action: 'grant.revoke', subjectId: grant.id });
  await one('DELETE', member, undefined, { action: 'member.remove', ...subject });
  await one(
    'POST',
    `/homes/${home.id}/members`,
    { email: mo.user.email },
    { action: 'member.add', data: { role: 'member' } },
  );
  await one('DELETE', `/homes/${home.id}`, undefined, { action: 'home.delete' });
});

it('a command of a lock is recorded once, with whoever gave it', async () => {
  const { kim, home, lock, call, project } = await world();
  const { added } = await call('PATCH', `/locks/${lock.id}`, { name: 'Back door' });
  const line = expect.objectContaining({
    action: 'lock.rename',
    actorId: String(kim.user.id),
    data: { name: 'Back door' },
  });
  expect(added).toContainEqual(line);
  await takenIn(project, (await factory.lock(home.id, 'Shed')).id);
  expect((await audit.lines(project)).filter(({ action }) => action === 'lock.rename')).toEqual([line]);
});

it('keys are recorded when they are made, replaced and first used on a day, and never what they are', async () => {
  const { project, home, call } = await world();
  const key = await factory.projectKey(project, ['events']);
  const [old, current] = [await factory.orgKey(project), await factory.orgKey(project)];
  for (let times = 0; times < 3; times += 1) {
    await call('GET', `/homes/${home.id}`, undefined, { token: key.key });
    await call('GET', '/locks', undefined, { apiKey: current.key });
  }
  const uses = await until(async () => {
    const found = (await audit.lines(project)).filter(({ action }) => action === 'key.use');
    return found.length >= 2 && found;
  });
  expect(uses.map(({ subjectKind, subjectId }) => `${subjectKind} ${subjectId}`).sort()).toEqual(
    [`orgKey ${current.id}`, `projectKey ${key.id}`].sort(),
  );
  const lines = await audit.lines(project);
  expect(lines.filter(({ action }) => action === 'key.create').map(({ subjectId }) => subjectId)).toEqual([
    String(key.id),
    old.id,
    current.id,
  ]);
  expect(lines.filter(({ action }) => action === 'key.revoke').map(({ subjectId }) => subjectId)).toEqual([
    old.id,
  ]);
  const told = JSON.stringify(lines.map(({ writtenBy: _transaction, ...line }) => line));
  for (const secret of [key.key, old.key, current.key]) expect(told).not.toContain(secret);
});

it('a deed that fails leaves no line', async () => {
  const { lock, call } = await world();
  const { answer, added } = await call('DELETE', `/locks/${lock.id}/grants/${randomUUID()}`);
  expect({ status: answer.status, added }).toEqual({ status: 404, added: [] });
});
