import { beforeAll, describe, expect, it } from 'vitest';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { mounts } from '@/server/testing/mounts';
import { sendRaw, statusOf } from '@/server/testing/raw-http';

const factory = ground();
const json = { 'content-type': 'application/json' };
const notJson = { reason: 'INVALID_JSON', data: { details: [{ field: 'body', message: 'is not JSON' }] } };
const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;

describe.each(mounts())('what a body may be ($name)', ({ url }) => {
  let kim: Person;
  let lockId: number;
  let form: Record<string, string>;
  const password = 'a fine long password';

  beforeAll(async () => {
    const project = await factory.project();
    kim = await factory.person(project.id, 'Kim', password);
    lockId = (await factory.lock((await factory.home(kim)).id)).id;
    form = {
      projectId: String(project.id),
      appId: 'controller_app',
      email: kim.user.email as string,
      password,
    };
  });
  const postHome = (body: string | Uint8Array, headers: Record<string, string> = json) =>
    send(url, 'POST', '/homes', { token: kim.token, headers, body });
  const open = (body: string | Uint8Array, headers: Record<string, string> = json) =>
    send(url, 'POST', `/locks/${lockId}/OpenLock`, { token: kim.token, headers, body });

  it.each([
    ['text that is no JSON', '{name: "Home"}'],
    ['truncated JSON', '{"name":"Ho'],
    ['JSON with stray bytes behind it', '{"name":"Home"}!}'],
    ['two values', '{} {}'],
    ['a form on a JSON endpoint', 'name=Home'],
    ['NaN', '{"name":NaN}'],
  ])('%s is 400', async (_title, body) => {
    const cloud = await postHome(body);
    expect(cloud.status).toBe(400);
    expect(cloud.body).toEqual(notJson);
    const lock = await open(body);
    expect(lock.status).toBe(400);
    expect(lock.body).toEqual({
      success: false,
      error: 'Bad Request',
      message: 'The request contains invalid parameters or malformed data',
      code: 400,
      details: [{ field: 'body', message: 'is not JSON' }],
    });
  });

  it('bytes that are no UTF-8 are 400', async () => {
    const bytes = Buffer.concat([
      Buffer.from('{"name":"'),
      Buffer.from([0xc3, 0x28, 0xff]),
      Buffer.from('"}'),
    ]);
    const reply = await postHome(bytes);
    expect(reply.status).toBe(400);
    expect(reply.body).toEqual({
      reason: 'INVALID_JSON',
      data: { details: [{ field: 'body', message: 'is not UTF-8' }] },
    });
    expect((await open(bytes)).status).toBe(400);
  });

  it.each(['[]', '[{"name":"Home"}]', 'null', '"Home"', '7', 'true'])(
    '%s is JSON but no object',
    async (body) => {
      const details = [{ field: 'body', message: 'must be a JSON object' }];
      const cloud = await postHome(body);
      expect(cloud.status).toBe(403);
      expect(cloud.body).toEqual({ reason: 'INVALID_DATA', data: { details } });
      const lock = await open(body);
      expect(lock.status).toBe(400);
      expect(lock.body).toMatchObject({ success: false, error: 'Bad Request', code: 400, details });
    },
  );

  it('more than 1 MiB is 413, exactly 1 MiB is read', async () => {
    const sized = (bytes: number) => `{"name":"Home","more":"${'x'.repeat(bytes - 25)}"}`;
    expect(sized(1024 * 1024)).toHaveLength(1024 * 1024);
    expect((await postHome(sized(1024 * 1024))).status).toBe(201);
    const over = await postHome(sized(1024 * 1024 + 1));
    expect(over.status).toBe(413);
    expect(over.body).toEqual({ reason: 'INVALID_DATA' });
    const lock = await open(sized(1024 * 1024 + 1));
    expect(lock.status).toBe(413);
    expect(lock.body).toEqual({
      success: false,
      error: 'Payload Too Large',
      message: 'The request body is too large',
      code: 413,
    });
    expect((await open('{}')).status).toBe(200);
  });

  it('a body without a declared length is measured as it comes', async () => {
    const chunk = 'x'.repeat(64 * 1024);
    const chunked = async (count: number) => {
      const parts = ['{"name":"', ...Array.from({ length: count }, () => chunk), '"}'];
      const body = `${parts.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join('')}0\r\n\r\n`;
      return statusOf(
        await sendRaw(
          url,
          [
            'POST /homes HTTP/1.1',
            `Authorization: ModeCloud ${kim.token}`,
            'Content-Type: application/json',
            'Transfer-Encoding: chunked',
          ],
          body,
        ),
      );
    };
    expect(await chunked(17)).toBe(413);
    // A name of 64 KiB is read and refused as a name.
    expect(await chunked(1)).toBe(403);
  });

  it('a length that is too short gives 4xx and leaves the server serving', async () => {
    const body = Buffer.from('{"name":"Hjørne på Bærum"}');
    const answer = await sendRaw(
      url,
      [
        'POST /homes HTTP/1.1',
        `Authorization: ModeCloud ${kim.token}`,
        'Content-Type: application/json',
        `Content-Length: ${body.toString().length}`,
      ],
      body,
    );
    expect(statusOf(answer)).toBe(400);
    expect((await postHome('{"name":"Home"}')).status).toBe(201);
  });

  it('no body needs no media type where nothing is required', async () => {
    const reply = await send(url, 'POST', `/locks/${lockId}/OpenLock`, { token: kim.token });
    expect(reply.status).toBe(200);
    const home = await send(url, 'POST', '/homes', { token: kim.token });
    expect(home.status).toBe(403);
    expect(home.body).toEqual({
      reason: 'MISSING_PARAMETERS',
      data: { details: [{ field: 'name', message: 'is required' }] },
    });
  });

  it('unknown fields are ignored, hostile ones too', async () => {
    const reply = await postHome(
      `{"name":"Home","__proto__":{"timezone":"Nowhere"},"constructor":{"prototype":{"name":1}},"id":7,"number":1e400,"deep":${deep}}`,
    );
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({ name: 'Home' });
    expect(reply.body.id).not.toBe(7);
    expect(reply.body).not.toHaveProperty('timezone');
    expect(({} as Record<string, unknown>).timezone).toBeUndefined();
  });

  it('depth, numbers and NUL where a text belongs are refused by name', async () => {
    for (const name of [
      deep,
      '1e400',
      '7',
      'true',
      '"a\\u0000b"',
      '""',
      '"   "',
      '{}',
      `"${'x'.repeat(121)}"`,
    ]) {
      const reply = await postHome(`{"name":${name}}`);
      expect({ name: name.slice(0, 20), status: reply.status, reason: reply.body.reason }).toEqual({
        name: name.slice(0, 20),
        status: 403,
        reason: 'INVALID_PARAMETER',
      });
      expect(reply.body.data.details[0].field).toBe('name');
    }
  });

  it('null is as good as absent', async () => {
    const made = await postHome('{"name":"Home","timezone":null}');
    expect(made.status).toBe(201);
    expect(made.body).not.toHaveProperty('timezone');
    const missing = await postHome('{"name":null}');
    expect(missing.body).toEqual({
      reason: 'MISSING_PARAMETERS',
      data: { details: [{ field: 'name', message: 'is required' }] },
    });
    expect((await open('{"requestId":null,"reason":null}')).status).toBe(200);
  });

  it('a web form is taken as urlencoded, multipart and JSON, whatever the parameters of the media type', async () => {
    const multipart = new FormData();
    for (const [name, value] of Object.entries(form)) multipart.set(name, value);
    const boundary = 'edge-of-a-part';
    const byHand = `${Object.entries(form)
      .map(
        ([name, value]) =>
          `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
      )
      .join('')}--${boundary}--\r\n`;
    const encoded = new URLSearchParams(form).toString();
    const webForm = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' };
    const ways: [string, string | FormData | URLSearchParams, Record<string, string>?][] = [
      ['urlencoded by the client', new URLSearchParams(form)],
      ['multipart by the client', multipart],
      [
        'multipart with a charset',
        byHand,
        { 'content-type': `multipart/form-data; charset=UTF-8; boundary=${boundary}` },
      ],
      ['urlencoded with a charset', encoded, webForm],
      [
        '%20 for a blank',
        encoded.replaceAll('+', '%20'),
        { 'content-type': 'APPLICATION/X-WWW-FORM-URLENCODED' },
      ],
      ['JSON', JSON.stringify(form), { 'content-type': 'Application/JSON ; charset=utf-8' }],
      ['JSON with numbers', JSON.stringify({ ...form, projectId: Number(form.projectId) }), json],
      ['multipart under the name of urlencoded', byHand, webForm],
      ['multipart without its boundary', byHand, { 'content-type': 'multipart/form-data' }],
      ['JSON under the name of urlencoded', JSON.stringify(form), webForm],
      ['JSON that says nothing of itself', JSON.stringify(form), { 'content-type': 'text/plain' }],
    ];
    for (const [title, body, headers = {}] of ways) {
      await factory.forgetAttempts('login');
      const reply = await send(url, 'POST', '/auth/user', { body, headers });
      expect({ title, status: reply.status }).toEqual({ title, status: 200 });
      expect(reply.body).toEqual({ token: expect.stringMatching(/^v1\./), userId: kim.user.id });
    }
  });

  it('a web form that cannot be read is 400', async () => {
    const cut = await send(url, 'POST', '/auth/user', {
      body: '--x\r\nContent-Disposition: form-data; name="projectId"\r\n\r\n1',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    });
    expect(cut.status).toBe(400);
    expect(cut.body.reason).toBe('INVALID_JSON');
    const broken = await send(url, 'POST', '/auth/user', { body: '{"projectId":', headers: json });
    expect(broken.status).toBe(400);
    expect(broken.body).toEqual(notJson);
  });

  it('a DELETE may carry an empty JSON object', async () => {
    const home = await factory.home(kim);
    const reply = await send(url, 'DELETE', `/homes/${home.id}`, { token: kim.token, body: {} });
    expect(reply.status).toBe(204);
    expect(reply.body).toBeUndefined();
    expect(reply.headers.get('content-type')).toBeNull();
  });
});
