import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { users } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { tokenTo } from '@/server/testing/kept-messages';
import { connectLive, type Live } from '@/server/testing/live-client';
import { gateway } from '@/server/testing/mounts';

const factory = ground();
const open: Live[] = [];
afterEach(() => {
  for (const live of open.splice(0)) live.close();
});

describe.each(gateway())('rights that are taken away', ({ url }) => {
  async function place() {
    const project = await factory.project();
    const [kim, jo] = [await factory.person(project.id), await factory.person(project.id, 'Jo')];
    const home = await factory.home(kim);
    await factory.member(home.id, jo, 'member');
    return { project, kim, jo, home };
  }
  async function listen(person: Pick<Person, 'token'>, homeId?: number): Promise<Live> {
    const live = await connectLive(url, person.token);
    open.push(live);
    if (homeId !== undefined) expect(await live.subscribe(homeId)).toMatchObject({ ok: true });
    return live;
  }

  it('a member who is taken out hears no more of the home, the others hear that', async () => {
    const { kim, jo, home } = await place();
    const [hers, his] = [await listen(jo, home.id), await listen(kim, home.id)];
    await send(url, 'DELETE', `/homes/${home.id}/members/${jo.user.id}`, { token: kim.token });
    expect(await hers.revoked()).toEqual({ homeId: home.id });
    const [line] = await his.take(1);
    expect(line).toMatchObject({ topic: 'member', payload: { action: 'removed', userId: jo.user.id } });
    expect(await hers.subscribe(home.id)).toEqual({ ok: false, reason: 'forbidden' });
  });

  it('an account that is deleted leaves no socket behind, and no home that was its own', async () => {
    const { kim, jo, home } = await place();
    const [his, again, hers] = [
      await listen(kim),
      await listen(await factory.session(kim)),
      await listen(jo),
    ];
    const own = await factory.home(jo, 'Own');
    await factory.member(own.id, kim, 'guest');
    expect(await his.subscribe(own.id)).toMatchObject({ ok: true });
    expect(await hers.subscribe(home.id)).toMatchObject({ ok: true });
    await send(url, 'DELETE', `/users/${jo.user.id}`, { token: jo.token });
    expect(await hers.revoked()).toEqual({});
    await hers.closed;
    expect(await his.revoked()).toEqual({ homeId: own.id });
    await send(url, 'DELETE', `/users/${kim.user.id}`, { token: kim.token });
    await Promise.all([his.closed, again.closed]);
  });

  it('a password that is set anew closes the sockets of the old one', async () => {
    const { project, kim } = await place();
    const other = await listen(await factory.session(kim));
    const current = await listen(kim);
    const change = { password: 'correct horse battery' };
    await send(url, 'PATCH', `/users/${kim.user.id}`, { token: kim.token, body: change });
    await other.closed;
    expect(current.socket.connected).toBe(true);
    const email = kim.user.email as string;
    await factory.forgetAttempts('send from');
    await send(url, 'POST', '/auth/user/passwordReset/start', { body: { projectId: project.id, email } });
    const body = { token: await tokenTo(factory, email), newPassword: 'another long one' };
    expect((await send(url, 'POST', '/auth/user/passwordReset', { body })).status).toBe(200);
    await current.closed;
  });

  it('somebody who verifies the address hears the home from then on', async () => {
    const { kim, jo, home } = await place();
    await factory.deps.db.update(users).set({ verified: false }).where(eq(users.id, jo.user.id));
    const hers = await listen(jo);
    expect(await hers.subscribe(home.id)).toEqual({ ok: false, reason: 'forbidden' });
    await factory.forgetAttempts('send from');
    const email = jo.user.email as string;
    const start = { projectId: jo.user.projectId, email };
    await send(url, 'POST', '/auth/user/emailVerification/start', { body: start });
    const his = await listen(kim, home.id);
    const body = { token: await tokenTo(factory, email) };
    await send(url, 'POST', '/auth/user/emailVerification', { body });
    expect(await his.take(1)).toMatchObject([
      { topic: 'member', payload: { action: 'changed', userId: jo.user.id, member: { verified: true } } },
    ]);
    expect(await hers.subscribe(home.id)).toMatchObject({ ok: true });
  });
});
