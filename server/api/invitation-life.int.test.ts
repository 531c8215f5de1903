import { and, eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { homeMembers, lockGrants } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { messagesTo } from '@/server/testing/kept-messages';
import { gateway } from '@/server/testing/mounts';

const factory = ground();
const { db } = factory.deps;
const eightDaysMs = 8 * 86_400_000;

describe.each(gateway())('the life of an invitation ($name)', ({ url }) => {
  let projectId: number;
  let owner: Person;
  let homeId: number;
  let lockId: number;
  let address: string;
  let invitedId: number;
  const call = (method: string, path: string, body?: object, who = owner) =>
    send(url, method, `/homes/${homeId}${path}`, {
      token: who.token,
      ...(body === undefined ? {} : { body }),
    });
  const details = async (who = owner) => (await call('GET', '/memberships', undefined, who)).body;
  const invitationOf = async (userId: number) =>
    (await details()).find((place: { userId: number }) => place.userId === userId)?.invitation;
  const setSent = (sentAt: Date, seenAt: Date | null = null) =>
    db
      .update(homeMembers)
      .set({ invitedAt: sentAt, invitationSeenAt: seenAt })
      .where(and(eq(homeMembers.homeId, homeId), eq(homeMembers.userId, invitedId)));

  beforeAll(async () => {
    projectId = (await factory.project()).id;
    owner = await factory.person(projectId, 'Owner');
  });
  beforeEach(async () => {
    await factory.forgetAttempts('send from');
    homeId = (await factory.home(owner, 'Harbour Street')).id;
    lockId = (await factory.lock(homeId, 'Sea door')).id;
    address = factory.email();
    invitedId = (await call('POST', '/members', { email: address, role: 'guest' })).body.userId;
    await send(url, 'POST', `/locks/${lockId}/grants`, {
      token: owner.token,
      body: { userId: invitedId, weekdays: ['sat', 'sun'] },
    });
  });

  it('is sent, then seen, then run out, and begins anew when it is sent again', async () => {
    expect(await invitationOf(invitedId)).toMatchObject({ state: 'sent' });
    const sentAt = new Date();
    await setSent(sentAt, sentAt);
    expect(await invitationOf(invitedId)).toMatchObject({ state: 'seen', seenAt: sentAt.toISOString() });
    await setSent(new Date(Date.now() - eightDaysMs));
    expect(await invitationOf(invitedId)).toMatchObject({ state: 'expired' });
    expect((await call('POST', `/members/${invitedId}/invitation`)).status).toBe(204);
    expect(await invitationOf(invitedId)).toMatchObject({ state: 'sent' });
    expect(await messagesTo(factory, address)).toHaveLength(2);
  });

  it('is no more once it was accepted, and is not sent again', async () => {
    const member = await factory.person(projectId, 'In already');
    await factory.member(homeId, member, 'member');
    expect(await invitationOf(member.user.id)).toBeUndefined();
    const again = await call('POST', `/members/${member.user.id}/invitation`);
    expect(`${again.status} ${again.body.reason}`).toBe('403 ALREADY_ACCEPTED');
    const moved = await call('PATCH', `/members/${member.user.id}/invitation`, { email: factory.email() });
    expect(`${moved.status} ${moved.body.reason}`).toBe('403 ALREADY_ACCEPTED');
  });

  it('goes to another address with its role and its doors', async () => {
    const other = factory.email();
    const reply = await call('PATCH', `/members/${invitedId}/invitation`, { email: other });
    expect(reply).toMatchObject({
      status: 200,
      body: { email: other, role: 'guest', grants: [{ lockId, weekdays: ['sat', 'sun'] }] },
    });
    const places = await details();
    expect(places.map((place: { email?: string }) => place.email)).toEqual([owner.user.email, other]);
    expect(await messagesTo(factory, other)).toHaveLength(1);
    const grants = await db.select().from(lockGrants).where(eq(lockGrants.lockId, lockId));
    expect(grants.map(({ userId }) => userId)).toEqual([reply.body.userId]);
  });

  it('does not go to somebody who is a member already', async () => {
    const reply = await call('PATCH', `/members/${invitedId}/invitation`, { email: owner.user.email });
    expect(`${reply.status} ${reply.body.reason}`).toBe('403 MEMBER_EXISTS');
    expect(await invitationOf(invitedId)).toMatchObject({ state: 'sent' });
  });

  it('tells owners what was given, members nothing of others, and guests only their own place', async () => {
    const member = await factory.person(projectId, 'Member');
    const guest = await factory.person(projectId, 'Guest');
    await factory.member(homeId, member, 'member');
    await factory.member(homeId, guest, 'guest');
    await factory.grant(lockId, guest);
    const given = async (who: Person) =>
      (await details(who)).map((place: { userId: number; grants: object[] }) => [
        place.userId,
        place.grants.length,
      ]);
    expect(await given(owner)).toEqual([
      [owner.user.id, 0],
      [invitedId, 1],
      [member.user.id, 0],
      [guest.user.id, 1],
    ]);
    expect((await given(member)).every(([, count]: [number, number]) => count === 0)).toBe(true);
    expect(await given(guest)).toEqual([[guest.user.id, 1]]);
  });
});
