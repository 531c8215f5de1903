import { desc } from 'drizzle-orm';
import { afterAll, expect, inject, it } from 'vitest';
import { signingKeys } from '@/drizzle/schema';
import { openDatabase } from '@/server/db/client';
import { ground } from '@/server/testing/ground';
import type { Deps } from '../deps';
import { issueToken } from './issue-token';
import { resolveJwt } from './resolve-principal';
import { currentKeys, publishedKeys } from './signing-keys';

const factory = ground();
const handle = openDatabase({ url: inject('databaseUrl'), applicationName: 'rotation', max: 2 });
afterAll(() => handle.end());
const minuteMs = 60_000;
const dayMs = 24 * 3_600_000;

it('rotates its keys: an old token stays good for its life, and a retired key leaves the published ones', async () => {
  const start = Date.now();
  let now = start;
  const deps: Deps = { ...factory.deps, db: handle.db, clock: { now: () => new Date(now) } };
  const kim = await factory.person((await factory.project()).id);
  const principal = {
    kind: 'user' as const,
    userId: kim.user.id,
    sessionId: kim.sessionId,
    projectId: kim.user.projectId,
    appId: 'controller_app',
    name: 'Kim',
  };
  const issue = async () => (await issueToken(deps, { principal, via: 'api' })).token;
  const published = async () => (await publishedKeys(deps)).keys.map(({ kid }) => kid);

  // A key of our own, whatever keys other tests have made before.
  const [newest] = await deps.db.select().from(signingKeys).orderBy(desc(signingKeys.createdAt)).limit(1);
  now = Math.max(start, newest?.createdAt.getTime() ?? 0) + 1_000 * dayMs;
  const first = await currentKeys(deps);
  expect(await published()).toContain(first.id);
  now += 30 * dayMs - 5 * minuteMs;
  const old = await issue();
  expect(await resolveJwt(deps, old)).toMatchObject({ kind: 'user', userId: kim.user.id });

  now += 6 * minuteMs;
  const second = await currentKeys(deps);
  expect(second.id).not.toBe(first.id);
  expect(await resolveJwt(deps, old)).toMatchObject({ kind: 'user', userId: kim.user.id });
  expect(await resolveJwt(deps, await issue())).toMatchObject({ kind: 'user', userId: kim.user.id });
  expect(await published()).toEqual(expect.arrayContaining([first.id, second.id]));

  now += 5 * minuteMs;
  expect(await resolveJwt(deps, old)).toBeUndefined();
  now += dayMs;
  const left = await published();
  expect(left).toContain(second.id);
  expect(left).not.toContain(first.id);
});
