import type { mqtt } from 'aws-iot-device-sdk-v2';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { issueAuthority, issueClient } from '@/server/embedded/issue-certificate';
import { type System, startSystem } from '@/server/testing/system';
import { passAcceptance } from './acceptance';
import { type InteropGround, makeGround } from './ground';
import { openV1 } from './sdk-v1';
import { connectV2, connectV2Mqtt5, openV2, v2Builder } from './sdk-v2';

let system: System;
let ground: InteropGround;
let port: number;

beforeAll(async () => {
  system = await startSystem({}, { hasTls: true });
  const { tls } = system;
  if (tls === undefined) throw new Error('no TLS port');
  port = tls.port;
  ground = await makeGround(system, tls.caFile);
}, 120_000);
afterAll(async () => {
  await ground?.end();
  await system?.stop();
});

const open: mqtt.MqttClientConnection[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((connection) => connection.disconnect()));
});
const target = (clientId: string) => ({ port, caFile: ground.caFile, clientId });

describe('unmodified clients pass against the embedded broker, over TLS with our own authority (device-shadow 11)', () => {
  it('v1 thingShadow with a certificate', async () => {
    const { thing, certificate, privateKey } = await ground.thing();
    const shadow = await openV1(thing, {
      host: '127.0.0.1',
      port,
      caCert: Buffer.from(ground.ca),
      clientCert: Buffer.from(certificate),
      privateKey: Buffer.from(privateKey),
    });
    await passAcceptance(shadow);
    await shadow.end();
  });

  it('v1 thingShadow over WebSocket, signed for AWS, with user name and password for us', async () => {
    const { thing, password } = await ground.thing();
    const shadow = await openV1(thing, {
      protocol: 'wss',
      host: '127.0.0.1',
      port,
      region: 'eu-west-1',
      accessKeyId: 'AKIDEXAMPLE',
      secretKey: 'secret',
      username: thing,
      password,
      websocketOptions: { ca: ground.ca },
    });
    await passAcceptance(shadow);
    await shadow.end();
  });

  it.each([
    ['a classic shadow', undefined],
    ['a named shadow', 'porch'],
    ['a shadow called update', 'update'],
  ])('v2 over MQTT 3.1.1 with a certificate, %s', async (_title, name) => {
    const { thing, certificate, privateKey } = await ground.thing();
    const shadow = await openV2(v2Builder.certificate(certificate, privateKey), target(thing), thing, name);
    await passAcceptance(shadow);
    await shadow.end();
  });

  it.each([
    ['user name and password', v2Builder.password],
    ['a custom authoriser', v2Builder.customAuthoriser],
    ['WebSocket, signed for AWS', v2Builder.webSocket],
  ])('v2 over MQTT 3.1.1 with %s', async (_title, build) => {
    const { thing, password } = await ground.thing();
    const shadow = await openV2(build(thing, password), target(thing), thing);
    await passAcceptance(shadow);
    await shadow.end();
  });

  it('a v2 client over MQTT 5 is told that the embedded broker does not speak it (device-shadow 7)', async () => {
    const { thing, certificate, privateKey } = await ground.thing();
    await expect(connectV2Mqtt5({ certificate, privateKey }, target(thing))).rejects.toThrow(/protocol/i);
  });
});

describe('a device that was away', () => {
  it('finds the delta that waited in its session', async () => {
    const { thing, certificate, privateKey } = await ground.thing();
    const identity = () => v2Builder.certificate(certificate, privateKey);
    const topic = `$aws/things/${thing}/shadow/update/delta`;
    const device = await connectV2(identity(), { ...target(thing), isClean: false });
    await device.subscribe(topic, 1, () => {});
    await device.disconnect();

    const app = await openV2(identity(), target(`${thing}:app`), thing);
    await app.update({ state: { desired: { power: 'on' } } });
    await app.nextDelta();
    await app.end();

    const came = new Promise<string>((resolve) => {
      void connectV2(identity(), {
        ...target(thing),
        isClean: false,
        onMessage: (on, payload) => {
          if (on === topic) resolve(payload);
        },
      }).then((back) => open.push(back));
    });
    expect(JSON.parse(await came)).toMatchObject({ state: { power: 'on' } });
  });
});

describe('a bridge that starts anew', () => {
  it('keeps documents, versions and the versions of what was deleted', async () => {
    const [kept, gone] = [await ground.thing(), await ground.thing()];
    const open = ({ thing, certificate, privateKey }: typeof kept) =>
      openV2(v2Builder.certificate(certificate, privateKey), target(thing), thing);
    const [first, second] = [await open(kept), await open(gone)];
    await first.update({ state: { reported: { n: 1 } } });
    const before = await first.update({ state: { reported: { n: 2 } } });
    await second.update({ state: { reported: { n: 1 } } });
    const deleted = await second.delete();
    await system.bridge.stop();
    await system.bridge.start();
    expect(await first.get()).toEqual({ ...before, state: { reported: { n: 2 } } });
    expect(await second.get()).toMatchObject({ isAccepted: false, code: 404 });
    const again = await second.update({ state: { reported: { n: 3 } } });
    if (!again.isAccepted || !deleted.isAccepted) throw new Error('not accepted');
    expect(again.version).toBeGreaterThan(deleted.version);
    await Promise.all([first.end(), second.end()]);
  });
});

describe('who is kept out', () => {
  it("a stranger's certificate in the name of a thing", async () => {
    const { thing } = await ground.thing();
    const now = new Date();
    const ca = await issueAuthority({ now, days: 9, name: 'Latchkey things' });
    const { cert, key } = await issueClient({ ca, thing, now, days: 9 });
    await expect(connectV2(v2Builder.certificate(cert, key), target(thing))).rejects.toThrow();
  });

  it('a certificate that was revoked', async () => {
    const { thing, certificate, privateKey, fingerprint } = await ground.thing();
    const connection = await connectV2(v2Builder.certificate(certificate, privateKey), target(thing));
    const interrupted = new Promise((resolve) => connection.on('interrupt', resolve));
    await ground.revoke(fingerprint);
    await interrupted;
    await connection.disconnect();
    await expect(connectV2(v2Builder.certificate(certificate, privateKey), target(thing))).rejects.toThrow();
  });

  it('a device from the shadow of another: it neither hears nor changes it', async () => {
    const [own, other] = [await ground.thing(), await ground.thing()];
    const identity = ({ certificate, privateKey }: typeof own) =>
      v2Builder.certificate(certificate, privateKey);
    const theirs = await openV2(identity(other), target(other.thing), other.thing);
    await theirs.update({ state: { reported: { n: 1 } } });
    const heard: string[] = [];
    const curious = await connectV2(identity(own), {
      ...target(own.thing),
      onMessage: (topic) => heard.push(topic),
    });
    open.push(curious);
    const prefix = `$aws/things/${other.thing}/shadow`;
    for (const filter of [`${prefix}/#`, '$aws/things/+/shadow/update/accepted']) {
      const granted = await curious.subscribe(filter, 1).catch(() => ({ qos: 128 }));
      expect([filter, granted.qos]).toEqual([filter, 128]);
    }
    const interrupted = new Promise((resolve) => curious.on('interrupt', resolve));
    curious.publish(`${prefix}/update`, { state: { reported: { n: 2 } } }, 1).catch(() => {});
    await interrupted;
    expect(await theirs.get()).toMatchObject({ state: { reported: { n: 1 } }, version: 1 });
    expect(heard).toEqual([]);
    await theirs.end();
  });
});
