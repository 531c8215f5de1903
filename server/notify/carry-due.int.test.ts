import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { and, eq } from 'drizzle-orm';
import { pino } from 'pino';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { auditEntries, messages, projects } from '@/drizzle/schema';
import { Messenger } from '@/server/bridge/messenger';
import { anonymous } from '@/server/domain/principal';
import { startPasswordReset } from '@/server/services/auth/start-password-reset';
import type { Caller, Deps } from '@/server/services/deps';
import { previewMessage } from '@/server/services/messages/preview-message';
import { resetTemplate } from '@/server/services/messages/reset-template';
import { testMessage } from '@/server/services/messages/test-message';
import { writeTemplate } from '@/server/services/messages/write-template';
import { asStaff } from '@/server/services/staff/principal';
import { addUser } from '@/server/services/users/add-user';
import { ground } from '@/server/testing/ground';
import { until } from '@/server/testing/until';
import { carryDue, pauseAfter } from './carry-due';
import { openTransports, type Transports } from './open-transports';
import { send } from './send';
import { smtpTransport } from './smtp';
import { twilioTransport } from './twilio';

const factory = ground();
const { db } = factory.deps;
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const logged: string[] = [];
// Without the time of day and the process, whose digits might be those that are looked for.
const log = pino(
  { level: 'debug', base: null, timestamp: false },
  { write: (line: string) => void logged.push(line) },
);
const carried: Deps = {
  ...factory.deps,
  log,
  messaging: { origin: 'https://doors.example', hasMail: true, hasSms: true },
};

interface Post {
  from: string;
  to: string[];
  raw: string;
}

/** A mail server on loopback. `refuse`: the status with which it answers a recipient. */
async function mailServer(refuse?: () => number | undefined) {
  const posts: Post[] = [];
  let told = () => {};
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo(_address, _session, done) {
      const code = refuse?.();
      done(code === undefined ? null : Object.assign(new Error('not today'), { responseCode: code }));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        posts.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString(),
        });
        done();
        told();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return {
    posts,
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    next: () =>
      new Promise<void>((resolve) => {
        told = resolve;
      }),
  };
}

/** Subject and both parts of a mail, as its reader's program has them. */
function readMail(raw: string) {
  const bytesOf = (text: string) =>
    text
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const partOf = (type: string) => {
    const [head = '', ...body] = (
      raw.split(/\r\n--/).find((part) => part.includes(`Content-Type: ${type}`)) ?? ''
    ).split('\r\n\r\n');
    const text = body.join('\r\n\r\n');
    const way = /Content-Transfer-Encoding: (\S+)/.exec(head)?.[1];
    const plain = way === 'base64' ? Buffer.from(text, 'base64') : Buffer.from(bytesOf(text), 'latin1');
    return (way === '7bit' ? text : plain.toString()).replaceAll('\r\n', '\n');
  };
  const [, subject = ''] = /^Subject: (.*(?:\r\n .*)*)/m.exec(raw) ?? [];
  return { subject: subject.replace(/\r\n /g, ' '), text: partOf('text/plain'), html: partOf('text/html') };
}

function mailTo(url: string): Transports {
  const mail = smtpTransport(url, 'Latchkey <no-reply@doors.example>', 'https://doors.example');
  closers.push(() => mail.close());
  return { mail };
}

async function wait(channel: 'mail' | 'sms', recipient: string, more: { usefulUntil?: Date } = {}) {
  const project = await factory.project();
  await send(
    db,
    carried,
    { projectId: project.id, channel, recipient, subject: 'Hei på deg', body: 'Secret 123456\n', ...more },
    new Date(),
  );
  return rowOf(recipient);
}
async function rowOf(recipient: string) {
  const [row] = await db.select().from(messages).where(eq(messages.recipient, recipient));
  if (row === undefined) throw new Error('no such message');
  return row;
}
const makeDue = (recipient: string) =>
  db
    .update(messages)
    .set({ nextAttemptAt: new Date(0) })
    .where(eq(messages.recipient, recipient));

describe('messages on their way out', () => {
  it('a mail leaves through the mail server, once, and its text is gone from the database', async () => {
    const server = await mailServer();
    const project = await factory.project();
    const email = factory.email();
    await addUser(factory.deps, { projectId: project.id, email, name: 'Kim', verified: true });
    await startPasswordReset(
      carried,
      { principal: anonymous, via: 'api', address: email, language: 'nb' },
      { params: undefined, query: undefined, body: { projectId: project.id, email } },
    );
    const waiting = await rowOf(email);
    expect(waiting).toMatchObject({ status: 'waiting', body: '' });
    expect(waiting.sealedBody?.toString('latin1')).not.toContain('token=');
    const arrived = server.next();
    const messenger = new Messenger(carried, mailTo(server.url));
    messenger.start();
    await arrived;
    await until(async () => (await rowOf(email)).status === 'sent');
    await messenger.stop();
    expect(server.posts).toHaveLength(1);
    const [post] = server.posts;
    expect(post).toMatchObject({ from: 'no-reply@doors.example', to: [email] });
    expect(post?.raw).toContain(`Message-ID: <message-${waiting.id}@doors.example>`);
    expect(post?.raw).toContain('Subject: Velg et nytt passord');
    expect(post?.raw.replace(/=\r\n/g, '').replace(/=3D/g, '=')).toMatch(
      /https:\/\/doors\.example\/reset-password\?token=[A-Za-z0-9]{40}\r\n/,
    );
    expect(await rowOf(email)).toMatchObject({ status: 'sent', attempts: 1, body: '', sealedBody: null });
  });

  it('a project says it in its own words; what people typed stays text, in both parts of the mail', async () => {
    const server = await mailServer();
    const project = await factory.project();
    const staff = await factory.staff('admin', [project.id]);
    const caller: Caller = { principal: asStaff(staff.account, [project.id]), via: 'page', address: 'local' };
    const params = { projectId: project.id, kind: 'resetPassword', language: 'nb' } as const;
    const none = { params, query: undefined, body: undefined };
    const own = { subject: 'Hei {{name}}', body: 'Hei {{name}}!\n\nNytt passord: {{link}}' };
    await writeTemplate(carried, caller, { ...none, body: own });
    const email = factory.email();
    const name = '<b>Kim</b> & {{link}} https://evil.example/x';
    await addUser(factory.deps, { projectId: project.id, email, name, verified: true });
    const ask = async (language: 'nb' | 'en') => {
      await startPasswordReset(
        carried,
        { principal: anonymous, via: 'api', address: email, language },
        { params: undefined, query: undefined, body: { projectId: project.id, email } },
      );
      await carryDue(carried, mailTo(server.url));
      return readMail(server.posts.at(-1)?.raw ?? '');
    };
    const link = /https:\/\/doors\.example\/reset-password\?token=[A-Za-z0-9]{40}/;
    const mail = await ask('nb');
    const written = '<b>Kim</b> & {{link}} https evil example/x';
    expect(mail.subject).toBe(`Hei ${written}`);
    expect(mail.text).toMatch(
      new RegExp(
        `^Hei <b>Kim</b> & \\{\\{link\\}\\} https evil example/x!\n\nNytt passord: ${link.source}\n$`,
      ),
    );
    const { html } = mail;
    expect(html).toContain('&lt;b&gt;Kim&lt;/b&gt; &amp; {{link}} https evil example/x!');
    expect(html).toContain('<html lang="nb">');
    expect([...html.matchAll(/<a href="([^"]*)"/g)].map(([, to]) => to)).toEqual([link.exec(mail.text)?.[0]]);
    expect((await ask('en')).subject).toBe('Set a new password');
    await resetTemplate(carried, caller, none);
    expect((await ask('nb')).subject).toBe('Velg et nytt passord');

    const { recipient } = await testMessage(carried, caller, { ...none, body: own });
    expect(recipient).toBe(staff.account.email);
    await carryDue(carried, mailTo(server.url));
    expect(server.posts.at(-1)?.to).toEqual([staff.account.email]);
    const shown = await previewMessage(carried, caller, { ...none, body: own });
    const test = readMail(server.posts.at(-1)?.raw ?? '');
    expect(test).toEqual(shown);
    const deeds = await db
      .select({ action: auditEntries.action, subject: auditEntries.subjectId, data: auditEntries.data })
      .from(auditEntries)
      .where(and(eq(auditEntries.projectId, project.id), eq(auditEntries.subjectKind, 'message')))
      .orderBy(auditEntries.id);
    const subject = 'resetPassword.nb';
    expect(deeds).toEqual([
      { action: 'message.change', subject, data: own },
      { action: 'message.reset', subject, data: null },
      { action: 'message.test', subject, data: null },
    ]);
  });

  it('a server that is away is tried again, later each time; nothing is lost', async () => {
    const email = factory.email();
    await wait('mail', email);
    const away = mailTo('smtp://127.0.0.1:1');
    const server = await mailServer();
    const here = mailTo(server.url);
    await carryDue(carried, away);
    const first = await rowOf(email);
    expect(first).toMatchObject({ status: 'waiting', attempts: 1, leasedUntil: null });
    expect(first.lastError).toMatch(/^SMTP /);
    expect(first.nextAttemptAt.getTime()).toBeGreaterThan(first.createdAt.getTime());
    expect([1, 2, 3, 50].map(pauseAfter)).toEqual([5_000, 15_000, 45_000, 900_000]);
    await carryDue(carried, here);
    expect(server.posts).toEqual([]);
    await makeDue(email);
    await carryDue(carried, here);
    expect(server.posts.map(({ to }) => to)).toEqual([[email]]);
    expect(await rowOf(email)).toMatchObject({ status: 'sent', attempts: 2 });
  });

  it('a refusal for now is tried again, one for good is not', async () => {
    let code = 451;
    const server = await mailServer(() => code);
    const transports = mailTo(server.url);
    const email = factory.email();
    await wait('mail', email);
    await carryDue(carried, transports);
    expect(await rowOf(email)).toMatchObject({ status: 'waiting', lastError: 'SMTP 451' });
    code = 550;
    await makeDue(email);
    await carryDue(carried, transports);
    expect(await rowOf(email)).toMatchObject({ status: 'failed', lastError: 'SMTP 550', sealedBody: null });
  });

  it('a code that has run out meanwhile is not sent', async () => {
    const server = await mailServer();
    const email = factory.email();
    await wait('mail', email, { usefulUntil: new Date(Date.now() - 1) });
    await carryDue(carried, mailTo(server.url));
    expect(server.posts).toEqual([]);
    expect(await rowOf(email)).toMatchObject({
      status: 'failed',
      lastError: 'not sent in time',
      sealedBody: null,
    });
  });

  it('two senders at once send each message once, and a lease that has run out is taken over', async () => {
    const server = await mailServer();
    const transports = mailTo(server.url);
    const emails = Array.from({ length: 8 }, () => factory.email());
    for (const email of emails) await wait('mail', email);
    await Promise.all([carryDue(carried, transports, 8), carryDue(carried, transports, 8)]);
    expect(server.posts.flatMap(({ to }) => to).sort()).toEqual([...emails].sort());
    const email = factory.email();
    await wait('mail', email);
    const lease = (until: number) =>
      db
        .update(messages)
        .set({ leasedUntil: new Date(until), attempts: 1 })
        .where(eq(messages.recipient, email));
    await lease(Date.now() + 60_000);
    await carryDue(carried, transports);
    expect((await rowOf(email)).status).toBe('waiting');
    await lease(Date.now() - 1);
    await carryDue(carried, transports);
    expect(await rowOf(email)).toMatchObject({ status: 'sent', attempts: 2 });
  });

  it('a name with line breaks or a second address makes no second recipient', async () => {
    const server = await mailServer();
    const project = await factory.project();
    const email = factory.email();
    await send(
      db,
      carried,
      {
        projectId: project.id,
        channel: 'mail',
        recipient: email,
        subject: 'Kim\r\nBcc: other@example.com',
        body: '.\r\nQUIT\r\n',
      },
      new Date(),
    );
    await carryDue(carried, mailTo(server.url));
    expect(server.posts.map(({ to }) => to)).toEqual([[email]]);
    expect(server.posts[0]?.raw).not.toMatch(/^Bcc:/m);
    expect(server.posts[0]?.raw).toContain('QUIT');
  });

  it('an SMS leaves through the REST call of the service', async () => {
    const calls: { path: string; authorization: string; body: string }[] = [];
    let status = 503;
    const service = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        calls.push({
          path: `${request.method} ${request.url}`,
          authorization: request.headers.authorization ?? '',
          body: Buffer.concat(chunks).toString(),
        });
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(status < 300 ? '{"sid":"SM1"}' : '{"code":21211,"message":"Secret 123456"}');
      });
    });
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => service.close(resolve)));
    const apiUrl = `http://127.0.0.1:${(service.address() as AddressInfo).port}/`;
    const sms = twilioTransport({ apiUrl, accountSid: 'AC1', authToken: 'token', from: '+15005550006' });
    const phone = factory.phone();
    await wait('sms', phone);
    await carryDue(carried, { sms });
    expect(await rowOf(phone)).toMatchObject({
      status: 'waiting',
      lastError: 'SMS service answered 503 (21211)',
    });
    status = 201;
    await makeDue(phone);
    await carryDue(carried, { sms });
    expect((await rowOf(phone)).status).toBe('sent');
    expect(calls).toHaveLength(2);
    expect(calls[1]?.path).toBe('POST /2010-04-01/Accounts/AC1/Messages.json');
    expect(calls[1]?.authorization).toBe(`Basic ${Buffer.from('AC1:token').toString('base64')}`);
    expect(Object.fromEntries(new URLSearchParams(calls[1]?.body))).toEqual({
      To: phone,
      From: '+15005550006',
      Body: 'Secret 123456\n',
    });
    status = 400;
    const wrong = factory.phone();
    await wait('sms', wrong);
    await carryDue(carried, { sms });
    expect(await rowOf(wrong)).toMatchObject({ status: 'failed', sealedBody: null });
  });

  it('without a transport a message is kept, and one channel leaves the other alone', async () => {
    const phone = factory.phone();
    await wait('sms', phone);
    const server = await mailServer();
    await carryDue(carried, mailTo(server.url));
    expect(await rowOf(phone)).toMatchObject({ status: 'waiting', attempts: 0 });
    await db.delete(messages).where(eq(messages.recipient, phone));
    const [project] = await db.select().from(projects).limit(1);
    const kept = factory.email();
    await send(
      db,
      factory.deps,
      { projectId: project?.id ?? 0, channel: 'mail', recipient: kept, subject: '', body: 'Secret 123456' },
      new Date(),
    );
    await carryDue(carried, mailTo(server.url));
    expect(await rowOf(kept)).toMatchObject({ status: 'kept', body: 'Secret 123456', attempts: 0 });
    expect(await carryDue(carried, {})).toBe(0);
  });

  it('the settings choose the transports', () => {
    const none = { PORT: 3000, TWILIO_API_URL: 'https://api.twilio.com' } as Parameters<
      typeof openTransports
    >[0];
    expect(Object.keys(openTransports(none))).toEqual([]);
    const both = openTransports({
      ...none,
      SMTP_URL: 'smtp://127.0.0.1:1',
      TWILIO_ACCOUNT_SID: 'AC1',
      TWILIO_AUTH_TOKEN: 'token',
      TWILIO_FROM: '+15005550006',
    });
    expect(Object.keys(both).sort()).toEqual(['mail', 'sms']);
    both.mail?.close();
  });

  it('no log line holds what a message says or whom it is for', () => {
    expect(logged.length).toBeGreaterThan(0);
    expect(logged.join('')).not.toMatch(/Secret|123456|token=|@example\.com|\+4790/);
  });
});
