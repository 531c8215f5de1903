import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { devices } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { jsonTexts } from '@/server/testing/json-texts';
import { gateway } from '@/server/testing/mounts';
import { type BusListener, listenToBus } from '@/server/testing/told';

const factory = ground();
const { db } = factory.deps;
const headers = { 'content-type': 'application/json' };

describe.each(gateway())('PUT /devices/{deviceId}/command ($name)', ({ url }) => {
  let kim: Person;
  let homeId: number;
  let bus: BusListener;
  beforeAll(async () => {
    kim = await factory.person((await factory.project()).id);
    homeId = (await factory.home(kim)).id;
    bus = await listenToBus();
  });
  const put = (id: number, body: string | object) =>
    send(url, 'PUT', `/devices/${id}/command`, { token: kim.token, headers, body });

  it.each([
    ['{"action":"on"}', '{"action":"on"}'],
    ['{"action":"on","parameters":null}', '{"action":"on"}'],
    ['{"action":"on","parameters":{}}', '{"action":"on","parameters":{}}'],
    [
      '{ "parameters" : {"b":12345678901234567890, "a":1.0,"c":1e400} , "action":"on","homeId":0 }',
      '{"action":"on","parameters":{"b":12345678901234567890, "a":1.0,"c":1e400}}',
    ],
    [
      '{"action":"p\\u00e5 🏔","parameters":{"__proto__":{"x":1},"t":"\\u0000\\ud800"}}',
      '{"action":"på 🏔","parameters":{"__proto__":{"x":1},"t":"\\u0000\\ud800"}}',
    ],
    ['{"action":" "}', '{"action":" "}'],
  ])('%s reaches the device as %s', async (sent, received) => {
    const device = await factory.device(kim.user.projectId, homeId);
    const reply = await put(device.id, sent);
    expect(reply.status).toBe(204);
    expect(reply.body).toBeUndefined();
    expect(await bus.bodies(device.id, 'command', 1)).toEqual([received]);
  });

  it('tells each command once, in the order of the calls, and notes the time', async () => {
    const device = await factory.device(kim.user.projectId, homeId);
    const { key } = await factory.projectKey(kim.user.projectId, ['commands']);
    const wanted = [];
    for (const [index, text] of jsonTexts(7, 30).entries()) {
      const body = `{"action":"a${index}","parameters":{"value":${text}}}`;
      const token = index % 2 === 0 ? kim.token : key;
      const reply = await send(url, 'PUT', `/devices/${device.id}/command`, { token, headers, body });
      expect(reply.status).toBe(204);
      wanted.push(body);
    }
    expect(await bus.bodies(device.id, 'command', wanted.length)).toEqual(wanted);
    const [row] = await db.select().from(devices).where(eq(devices.id, device.id));
    expect(row?.lastCommandTime).toBeInstanceOf(Date);
  });

  it.each([
    ['', 403, 'MISSING_PARAMETERS', 'action'],
    ['{}', 403, 'MISSING_PARAMETERS', 'action'],
    ['{"action":null}', 403, 'MISSING_PARAMETERS', 'action'],
    ['{"action":""}', 403, 'INVALID_PARAMETER', 'action'],
    ['{"action":1}', 403, 'INVALID_PARAMETER', 'action'],
    [`{"action":"${'x'.repeat(257)}"}`, 403, 'INVALID_PARAMETER', 'action'],
    ['{"action":"x","parameters":1}', 403, 'INVALID_PARAMETER', 'parameters'],
    ['{"action":"x","parameters":"{}"}', 403, 'INVALID_PARAMETER', 'parameters'],
    ['{"action":"x","parameters":[]}', 403, 'INVALID_PARAMETER', 'parameters'],
    [`{"action":"x","parameters":{"a":"${'x'.repeat(65_536)}"}}`, 403, 'INVALID_PARAMETER', 'parameters'],
    ['[]', 403, 'INVALID_DATA', 'body'],
    ['null', 403, 'INVALID_DATA', 'body'],
    ['{"action":"x"', 400, 'INVALID_JSON', 'body'],
    ['action=x', 400, 'INVALID_JSON', 'body'],
    ['{"action":"x","parameters":{"a":NaN}}', 400, 'INVALID_JSON', 'body'],
  ])('refuses %s', async (body, status, reason, field) => {
    const device = await factory.device(kim.user.projectId, homeId);
    const reply = await put(device.id, body);
    expect({ status: reply.status, reason: reply.body.reason }).toEqual({ status, reason });
    expect(reply.body.data.details[0].field).toBe(field);
    const [row] = await db.select().from(devices).where(eq(devices.id, device.id));
    expect(row?.lastCommandTime).toBeNull();
  });
});
