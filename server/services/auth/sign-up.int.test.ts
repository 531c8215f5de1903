import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { homeMembers, users } from '@/drizzle/schema';
import { anonymous } from '@/server/domain/principal';
import { ground } from '@/server/testing/ground';
import { messagesTo, tokenTo } from '@/server/testing/kept-messages';
import type { Caller, Deps } from '../deps';
import { inviteMember } from '../members/invite-member';
import { addUser } from '../users/add-user';
import { activateUser } from './activate-user';
import { lookAtInvitation, lookAtMail } from './look-at-mail';
import { resetPassword } from './reset-password';
import { seeInvitation } from './see-invitation';
import { sendMail } from './send-mail';
import { signIn } from './sign-in';
import { signUp } from './sign-up';
import { startPasswordReset } from './start-password-reset';
import { verifyEmail } from './verify-email';

const factory = ground();
const password = 'correct horse battery';
let deps: Deps;
let projectId: number;
const caller = (): Caller => ({ principal: anonymous, via: 'page', address: factory.email() });
const input = <Body>(body: Body) => ({ params: undefined, query: undefined, body });
const asIt = (email: string, word = password) => signIn(deps, { email, password: word }, {});

beforeEach(async () => {
  projectId = (await factory.project()).id;
  deps = { ...factory.deps, dashboardProject: projectId };
});

describe('signing up on the pages', () => {
  it('leads over the mailbox to an account that can sign in', async () => {
    const email = factory.email();
    await signUp(deps, caller(), input({ name: 'Kim', email, password }));
    await expect(asIt(email)).rejects.toMatchObject({ code: 'unauthenticated', reason: 'USER_UNVERIFIED' });
    const token = await tokenTo(factory, email);
    expect(await lookAtMail(deps, 'email', token)).toMatchObject({ email });
    await verifyEmail(deps, caller(), input({ token }));
    expect(await asIt(email)).toMatchObject({ userId: expect.any(Number) });
    expect(await lookAtMail(deps, 'email', token)).toBeUndefined();
  });

  it('tells a known address to its mailbox alone and changes nothing', async () => {
    const email = factory.email();
    await addUser(deps, { projectId, email, password, name: 'Kim', verified: true });
    const answer = await signUp(deps, caller(), input({ name: 'Eve', email, password: 'another one 77' }));
    expect(answer).toBeUndefined();
    const [letter, ...more] = await messagesTo(factory, email);
    expect(more).toEqual([]);
    expect(letter?.body).toContain('/sign-in');
    expect(letter?.body).not.toContain('token=');
    expect(await asIt(email)).toBeDefined();
    await expect(asIt(email, 'another one 77')).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('lets no password of an unconfirmed address stand that somebody else may have chosen', async () => {
    const email = factory.email();
    await signUp(deps, caller(), input({ name: 'Kim', email, password: 'typed first 1' }));
    const older = await tokenTo(factory, email);
    await signUp(deps, caller(), input({ name: 'Eve', email, password }));
    await expect(verifyEmail(deps, caller(), input({ token: older }))).rejects.toMatchObject({
      reason: 'INVALID_TOKEN',
    });
    await verifyEmail(deps, caller(), input({ token: await tokenTo(factory, email) }));
    for (const word of ['typed first 1', password])
      await expect(asIt(email, word)).rejects.toMatchObject({ code: 'unauthenticated' });
    await startPasswordReset(deps, caller(), input({ projectId, email }));
    const token = await tokenTo(factory, email);
    await resetPassword(deps, caller(), input({ token, newPassword: 'chosen by mail 9' }));
    expect(await asIt(email, 'chosen by mail 9')).toBeDefined();
  });

  it('refuses a weak password before anybody is looked up', async () => {
    const email = factory.email();
    await addUser(deps, { projectId, email, password, name: 'Kim', verified: true });
    for (const address of [email, factory.email()])
      await expect(
        signUp(deps, caller(), input({ name: 'Kim', email: address, password: 'password1' })),
      ).rejects.toMatchObject({ reason: 'PASSWORD_TOO_WEAK' });
  });

  it('is not there where accounts have no passwords', async () => {
    const phone = { ...deps, dashboardProject: (await factory.project('phone')).id };
    const asked = signUp(phone, caller(), input({ name: 'Kim', email: factory.email(), password }));
    await expect(asked).rejects.toMatchObject({ code: 'forbidden', reason: 'OPERATION_NOT_ALLOWED' });
  });
});

describe('asking for a link by mail', () => {
  it.each(['verification', 'password'] as const)('answers about %s the same for everybody', async (about) => {
    const known = factory.email();
    await addUser(deps, { projectId, email: known, password, name: 'Kim', verified: true });
    const unknown = factory.email();
    for (const email of [known, unknown]) {
      for (let count = 0; count < 5; count += 1)
        expect(await sendMail(deps, caller(), input({ email, about }))).toBeUndefined();
      await expect(sendMail(deps, caller(), input({ email, about }))).rejects.toMatchObject({
        code: 'rate_limited',
      });
    }
    expect(await messagesTo(factory, unknown)).toEqual([]);
    expect(await messagesTo(factory, known)).toHaveLength(about === 'password' ? 5 : 0);
  });
});

describe('an invitation', () => {
  it('shows homes and roles to whoever holds the link, is seen once and then used up', async () => {
    const owner = await factory.person(projectId, 'Owner');
    const home = await factory.home(owner, 'Harbour Street');
    const email = factory.email();
    const member = await inviteMember(
      deps,
      {
        principal: {
          kind: 'user',
          userId: owner.user.id,
          sessionId: owner.sessionId,
          projectId,
          appId: 'dashboard',
          name: 'Owner',
        },
        via: 'page',
      },
      { params: { homeId: home.id }, query: undefined, body: { email, role: 'member' } as never },
    );
    const token = await tokenTo(factory, email);
    const place = async () =>
      (await deps.db.select().from(homeMembers).where(eq(homeMembers.userId, member.userId)))[0];
    expect(await lookAtInvitation(deps, token)).toEqual({
      email,
      homes: [{ homeId: home.id, name: 'Harbour Street', role: 'member' }],
    });
    expect((await place())?.invitationSeenAt).toBeNull();
    await seeInvitation(deps, caller(), input({ token }));
    const seenAt = (await place())?.invitationSeenAt;
    expect(seenAt).toBeInstanceOf(Date);
    await seeInvitation(deps, caller(), input({ token }));
    expect((await place())?.invitationSeenAt).toEqual(seenAt);
    await activateUser(deps, caller(), input({ token, name: 'Ola', password }));
    expect(await lookAtInvitation(deps, token)).toBeUndefined();
    await expect(seeInvitation(deps, caller(), input({ token }))).rejects.toMatchObject({
      reason: 'INVALID_TOKEN',
    });
    const [user] = await deps.db.select().from(users).where(eq(users.id, member.userId));
    expect(user).toMatchObject({ name: 'Ola', verified: true, registered: true });
  });
});
