import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config';
import { mqttAccessOf } from './mqtt-access';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'latchkey-ca-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const access = (environment: Record<string, string>) =>
  mqttAccessOf(readConfig({ NODE_ENV: 'test', ...environment }))();

describe('where a hub finds the shadow broker', () => {
  it('is our own one under the public name, with the authority read from its file as it is now', async () => {
    const file = path.join(folder, 'ca.pem');
    const ours = {
      LATCHKEY_EMBEDDED_BROKER: '1',
      MQTT_URL: 'mqtt://127.0.0.1:1883',
      PUBLIC_URL: 'https://home.example.com:8443',
      TLS_CERT_FILE: 'cert.pem',
      TLS_CA_FILE: file,
    };
    await writeFile(file, 'first');
    expect(await access(ours)).toEqual({ host: 'home.example.com', port: 1883, tlsPort: 8883, ca: 'first' });
    await writeFile(file, 'renewed');
    expect((await access(ours)).ca).toBe('renewed');
    await rm(file);
    expect((await access(ours)).ca).toBeNull();
  });

  it('has no TLS port without a certificate', async () => {
    expect(await access({})).toEqual({ host: 'localhost', port: 1883, tlsPort: null, ca: null });
  });

  it('is the operator’s broker when there is one, without the account in its address', async () => {
    expect(await access({ MQTT_URL: 'mqtts://svc:secret@broker.example.com' })).toEqual({
      url: 'mqtts://broker.example.com',
      host: 'broker.example.com',
      port: 8883,
      tlsPort: 8883,
      ca: null,
    });
  });
});
