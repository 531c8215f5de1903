import { describe, expect, it } from 'vitest';
import { send } from '@/server/testing/api-client';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';

const factory = ground();
const sdk = { 'user-agent': 'GoDeviceSDK/3', 'content-type': 'application/json' };
const webForm = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' };

/** mode-api 9, acceptance order, as the published clients send it. */
describe.each(gateway())('what published clients do with devices ($name)', ({ url }) => {
  it('a device turns on claim mode, and a person adds it to the home (3)', async () => {
    const project = await factory.project();
    const kim = await factory.person(project.id);
    const home = await factory.home(kim);
    const { id, apiKey, claimCode } = await factory.device(project.id);
    const opened = await send(url, 'POST', '/deviceRegistration', {
      headers: { ...sdk, authorization: `ModeCloud ${apiKey}` },
      body: `{"deviceId":${id},"claimable":true,"duration":300}`,
    });
    expect(opened.status).toBe(200);
    const claimed = await send(url, 'POST', '/devices', {
      headers: { ...webForm, authorization: `ModeCloud ${kim.token}` },
      body: `homeId=${home.id}&claimCode=${claimCode.replaceAll('-', '+')}`,
    });
    expect(claimed.status).toBe(201);
    expect(claimed.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(claimed.body).toMatchObject({ id, homeId: home.id, isConnected: false });
    const info = await send(url, 'GET', `/devices/${id}`, {
      headers: { ...sdk, authorization: `ModeCloud ${apiKey}` },
    });
    expect(info.status).toBe(200);
    expect(info.body).toMatchObject({ id, projectId: project.id, deviceClass: 'smart_light' });
    const list = await send(url, 'GET', `/devices?homeId=${home.id}`, { token: kim.token });
    expect(list.body).toEqual([claimed.body]);
    const closed = await send(url, 'POST', '/deviceRegistration', {
      headers: { ...sdk, authorization: `ModeCloud ${apiKey}` },
      body: `{"deviceId":${id},"claimable":false,"duration":0}`,
    });
    expect(closed.status).toBe(200);
    expect(closed.body).toEqual({});
  });

  it('a project key reads what an app saved for the home (7)', async () => {
    const project = await factory.project();
    const kim = await factory.person(project.id);
    const home = await factory.home(kim);
    const saved = await send(url, 'PUT', `/homes/${home.id}/kv/scene`, {
      headers: { 'content-type': 'application/json; charset=UTF-8', authorization: `modecloud ${kim.token}` },
      body: '{"key":"scene","value":{"serial":18446744073709551615,"name":"kveld"}}',
    });
    expect(saved.status).toBe(204);
    expect(saved.headers.get('content-length') ?? '0').toBe('0');
    const { key } = await factory.projectKey(project.id);
    const answer = await fetch(`${url}/homes/${home.id}/kv?keyPrefix=sc`, {
      headers: { authorization: `ModeCloud ${key}` },
    });
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await answer.text()).toMatch(
      /^\[\{"key":"scene","value":\{"serial":18446744073709551615,"name":"kveld"\},"modificationTime":"[^"]{24}"\}\]$/,
    );
    const refused = await send(url, 'PUT', `/homes/${home.id}/kv/scene`, { token: key, body: { value: 1 } });
    expect(refused.status).toBe(403);
    expect(refused.body).toEqual({ reason: 'PERMISSION_DENIED' });
  });

  it('hardware makes its device with the token that a person got (8)', async () => {
    const project = await factory.project('email', 'on-demand');
    await factory.deviceClass(project.id, 'smart_plug');
    const kim = await factory.person(project.id);
    const home = await factory.home(kim);
    const started = await send(url, 'POST', `/homes/${home.id}/deviceProvisioning`, {
      headers: { ...webForm, authorization: `ModeCloud ${kim.token}` },
      body: 'deviceClass=smart_plug&deviceTag=SN+00%2B1',
    });
    expect(started.status).toBe(200);
    const made = await send(url, 'POST', '/devices', {
      headers: sdk,
      body: `{"token":"${started.body.token}"}`,
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ homeId: home.id, tag: 'SN 00+1', deviceClass: 'smart_plug' });
    const { id, apiKey } = made.body;
    const info = await send(url, 'GET', `/devices/${id}`, {
      headers: { ...sdk, authorization: `ModeCloud ${apiKey}` },
    });
    expect(info.status).toBe(200);
    expect(info.body).not.toHaveProperty('apiKey');
    const auth = await send(url, 'GET', '/auth', { token: apiKey });
    expect(auth.body).toEqual({ type: 'device', deviceId: id, projectId: project.id });
    const again = await send(url, 'POST', '/devices', {
      headers: sdk,
      body: `{"token":"${started.body.token}"}`,
    });
    expect(again.status).toBe(403);
    expect(again.body.reason).toBe('INVALID_TOKEN');
    const commanded = await send(url, 'PUT', `/devices/${id}/command`, {
      token: kim.token,
      headers: { 'content-type': 'application/json' },
      body: '{"action":"light","parameters":null}',
    });
    expect(commanded.status).toBe(204);
    expect((await send(url, 'DELETE', `/devices/${id}`, { token: kim.token })).status).toBe(204);
    expect((await send(url, 'GET', '/auth', { token: apiKey })).body).toEqual({ type: 'nobody' });
  });
});
