import { eq } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { messages, projects, users } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';

const factory = ground();
const { db } = factory.deps;
const milliseconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const password = 'correct horse battery';

describe.each(gateway())('POST /users ($name)', ({ url }) => {
  beforeEach(() => factory.forgetAttempts('sign-up'));
  // Test files of one worker come from one address.
  afterAll(() => factory.forgetAttempts('sign-up'));
  const post = (body: object) => send(url, 'POST', '/users', { body });

  it('creates an unverified account of an e-mail project and mails a link', async () => {
    const { id: projectId } = await factory.project();
    const email = factory.email();
    const reply = await post({
      projectId: String(projectId),
      email: ` ${email} `,
      password,
      name: ' Kim ',
      verified: true,
      id: 1,
    });
    expect(reply.status).toBe(201);
    expect(reply.body).toEqual({
      id: expect.any(Number),
      projectId,
      creationTime: expect.stringMatching(milliseconds),
      email,
      name: 'Kim',
      verified: false,
    });
    const [row] = await db.select().from(users).where(eq(users.id, reply.body.id));
    expect(row).toMatchObject({
      email,
      verified: false,
      registered: true,
      passwordHash: expect.stringMatching(/^\$argon2id\$v=19\$m=19456,(t=2,p=1|p=1,t=2)\$/),
    });
    const sent = await db.select().from(messages).where(eq(messages.recipient, email));
    expect(sent).toMatchObject([
      { channel: 'mail', projectId, body: expect.stringMatching(/\/verify-email\?token=[A-Za-z0-9]{40}\n/) },
    ]);
  });

  it('creates an account of a phone project and sends a code', async () => {
    const { id: projectId } = await factory.project('phone');
    const phoneNumber = factory.phone();
    const spaced = `${phoneNumber.slice(0, 3)} (${phoneNumber.slice(3, 6)}) ${phoneNumber.slice(6)}`;
    const reply = await post({ projectId, phoneNumber: spaced, name: 'Kim' });
    expect(reply.status).toBe(201);
    expect(reply.body).toEqual({
      id: expect.any(Number),
      projectId,
      creationTime: expect.stringMatching(milliseconds),
      phoneNumber,
      name: 'Kim',
      verified: false,
    });
    const sent = await db.select().from(messages).where(eq(messages.recipient, phoneNumber));
    expect(sent).toMatchObject([{ channel: 'sms', body: expect.stringMatching(/ \d{6}\./) }]);
  });

  it('names the field that is missing or wrong, with a reason of its own', async () => {
    const { id: projectId } = await factory.project();
    const phone = (await factory.project('phone')).id;
    const email = factory.email();
    const good = { projectId, email, password, name: 'Kim' };
    const cases: [object, string, string][] = [
      [{}, 'MISSING_PARAMETERS', 'projectId'],
      [{ ...good, projectId: null }, 'MISSING_PARAMETERS', 'projectId'],
      [{ ...good, name: undefined }, 'MISSING_PARAMETERS', 'name'],
      [{ ...good, email: undefined }, 'MISSING_PARAMETERS', 'email'],
      [{ ...good, password: null }, 'MISSING_PARAMETERS', 'password'],
      [{ projectId: phone, name: 'Kim' }, 'MISSING_PARAMETERS', 'phoneNumber'],
      [{ ...good, projectId: 'abc' }, 'INVALID_PARAMETER', 'projectId'],
      [{ ...good, projectId: 1.5 }, 'INVALID_PARAMETER', 'projectId'],
      [{ ...good, projectId: 2 ** 53 }, 'INVALID_PARAMETER', 'projectId'],
      [{ ...good, projectId: 900_000_000_000_001 }, 'INVALID_PROJECT_ID', 'projectId'],
      [{ ...good, email: 5 }, 'INVALID_PARAMETER', 'email'],
      [{ ...good, email: 'no address' }, 'INVALID_EMAIL', 'email'],
      [{ ...good, email: 'a@b@c.example' }, 'INVALID_EMAIL', 'email'],
      [{ ...good, email: 'kim\u0000@example.com' }, 'INVALID_EMAIL', 'email'],
      [{ ...good, email: `${'x'.repeat(250)}@example.com` }, 'INVALID_EMAIL', 'email'],
      [{ ...good, password: 'short' }, 'PASSWORD_TOO_SHORT', 'password'],
      [{ ...good, password: 'password123' }, 'PASSWORD_TOO_WEAK', 'password'],
      [{ ...good, password: email.toUpperCase() }, 'PASSWORD_TOO_WEAK', 'password'],
      [{ ...good, password: 'x'.repeat(129) }, 'INVALID_PARAMETER', 'password'],
      [{ ...good, password: 'long enough\u0000' }, 'INVALID_PARAMETER', 'password'],
      [{ ...good, name: 'a\u0000b' }, 'INVALID_PARAMETER', 'name'],
      [{ projectId: phone, name: 'Kim', phoneNumber: '12345678' }, 'INVALID_PHONE_NUMBER', 'phoneNumber'],
      [
        { projectId: phone, name: 'Kim', phoneNumber: '+47\u000012345678' },
        'INVALID_PHONE_NUMBER',
        'phoneNumber',
      ],
    ];
    for (const [body, reason, field] of cases) {
      await factory.forgetAttempts('sign-up');
      const reply = await post(body);
      const told = {
        body,
        status: reply.status,
        reason: reply.body.reason,
        field: reply.body.data?.details[0].field,
      };
      expect(told).toEqual({ body, status: 403, reason, field });
    }
    expect(await db.select().from(users).where(eq(users.projectId, projectId))).toEqual([]);
  });

  it('refuses an address that is in use, in any case of letters', async () => {
    const { id: projectId } = await factory.project();
    const body = { projectId, email: factory.email(), password, name: 'Kim' };
    const { body: made } = await post(body);
    const again = await post({ ...body, email: body.email.toUpperCase() });
    expect(again.status).toBe(403);
    expect(again.body).toEqual({
      reason: 'USER_EXISTS_UNVERIFIED',
      data: { details: [{ field: 'email', message: 'is in use' }] },
    });
    await db.update(users).set({ verified: true }).where(eq(users.id, made.id));
    expect((await post(body)).body.reason).toBe('USER_EXISTS');
    const elsewhere = await post({ ...body, projectId: (await factory.project()).id });
    expect(elsewhere.status).toBe(201);
  });

  it('makes one account of ten sign-ups at once', async () => {
    const { id: projectId } = await factory.project('phone');
    const body = { projectId, phoneNumber: factory.phone(), name: 'Kim' };
    const replies = await Promise.all(Array.from({ length: 10 }, () => post(body)));
    expect(replies.map((reply) => reply.status).sort()).toEqual([201, ...Array(9).fill(403)]);
    for (const reply of replies) {
      if (reply.status === 403) expect(reply.body.reason).toMatch(/^USER_EXISTS/);
    }
    expect(await db.select().from(users).where(eq(users.projectId, projectId))).toHaveLength(1);
  });

  it('lets a registration take over the placeholder of an invitation, with its place in the home', async () => {
    const { id: projectId } = await factory.project();
    const owner = await factory.person(projectId);
    const home = await factory.home(owner);
    const email = factory.email();
    const [placeholder] = await db.insert(users).values({ projectId, email, registered: false }).returning();
    await factory.deps.db.execute(
      `insert into home_members (home_id, user_id, role) values (${home.id}, ${placeholder?.id}, 'member')`,
    );
    const reply = await post({ projectId, email, password, name: 'Jo' });
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({ id: placeholder?.id, name: 'Jo', verified: false });
  });

  it('stops at the quota of the project', async () => {
    const { id: projectId } = await factory.project();
    await db.update(projects).set({ maxUsers: 1 }).where(eq(projects.id, projectId));
    expect((await post({ projectId, email: factory.email(), password, name: 'Kim' })).status).toBe(201);
    const over = await post({ projectId, email: factory.email(), password, name: 'Jo' });
    expect(over.status).toBe(403);
    expect(over.body).toEqual({ reason: 'EXCEEDED_MAX_USERS' });
  });

  it('asks an address to wait after thirty sign-ups', async () => {
    const { id: projectId } = await factory.project('phone');
    const replies = [];
    for (let count = 0; count < 31; count += 1)
      replies.push(await post({ projectId, name: 'Kim', phoneNumber: 'none' }));
    expect(replies.slice(0, 30).map((reply) => reply.status)).toEqual(Array(30).fill(403));
    const last = replies.at(-1);
    expect(last?.status).toBe(429);
    expect(last?.body).toEqual({ reason: 'RATE_LIMIT_EXCEEDED' });
    const wait = Number(last?.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(600);
  });
});
