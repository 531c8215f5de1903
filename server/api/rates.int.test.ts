import { describe, expect, inject, it } from 'vitest';
import { send } from '@/server/testing/api-client';
import { ground } from '@/server/testing/ground';
import { requestAllowance } from '../services/rates/allowances';
import { spend } from '../services/rates/spend';

const url = inject('url');
const factory = ground();

/** Spends what a caller has, as another process of ours would; by a clock that is ahead, so that nothing fills up meanwhile. */
async function spendAll(principal: Parameters<typeof requestAllowance>[0]): Promise<void> {
  const allowance = requestAllowance(principal);
  if (allowance === undefined) throw new Error('not counted');
  const clock = { now: () => new Date(Date.now() + 60_000) };
  await spend({ db: factory.deps.db, clock }, Array(allowance.most).fill(allowance));
}

describe('somebody who comes too often', () => {
  it('is asked to wait, a person alone and not others, and can open the door all the same', async () => {
    const project = await factory.project();
    const [hasty, calm] = [await factory.person(project.id), await factory.person(project.id)];
    const home = await factory.home(hasty);
    const lock = await factory.lock(home.id);
    await spendAll({
      kind: 'user',
      userId: hasty.user.id,
      projectId: project.id,
      sessionId: '',
      appId: '',
      name: '',
    });
    const refused = await send(url, 'GET', `/homes/${home.id}`, { token: hasty.token });
    expect(refused.status).toBe(429);
    expect(refused.body).toEqual({ reason: 'RATE_LIMIT_EXCEEDED' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect((await send(url, 'GET', `/homes?userId=${calm.user.id}`, { token: calm.token })).status).toBe(200);
    expect((await send(url, 'POST', `/locks/${lock.id}/OpenLock`, { token: hasty.token })).status).toBe(200);
    expect((await send(url, 'GET', '/auth', { token: hasty.token })).body).toMatchObject({ type: 'user' });
  });

  it('is asked to wait with a project key, in the dialect of the endpoint', async () => {
    const project = await factory.project();
    const key = await factory.projectKey(project.id);
    await spendAll({ kind: 'projectKey', keyId: key.id, projectId: project.id, name: '', permissions: [] });
    const home = await factory.home(await factory.person(project.id));
    const lock = await factory.lock(home.id);
    const refused = await send(url, 'GET', `/locks/${lock.id}/basic-info`, { token: key.key });
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ success: false, error: 'Too Many Requests', code: 429 });
  });
});
