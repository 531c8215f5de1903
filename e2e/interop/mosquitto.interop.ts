import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { mqtt } from 'aws-iot-device-sdk-v2';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ensureClientAuthority } from '@/server/embedded/client-authority';
import { issueAuthority, issueClient } from '@/server/embedded/issue-certificate';
import { type System, startSystem } from '@/server/testing/system';
import { passAcceptance } from './acceptance';
import { type Identity, type InteropGround, makeGround } from './ground';
import { type Mosquitto, prepareMosquitto } from './mosquitto';
import { openV1 } from './sdk-v1';
import { connectV2, openV2, openV2Mqtt5, v2Builder } from './sdk-v2';

let broker: Mosquitto;
let system: System;
let ground: InteropGround;
let dataDir: string;
const open: mqtt.MqttClientConnection[] = [];

beforeAll(async () => {
  broker = await prepareMosquitto();
  // Its authority of things is in the folder of the system, which is made with the system; the broker comes first.
  dataDir = await mkdtemp(path.join(tmpdir(), 'latchkey-clients-'));
  const { file } = await ensureClientAuthority(dataDir);
  await broker.start(file);
  system = await startSystem({ MQTT_URL: broker.url });
  ground = await makeGround({ ...system, mqttUrl: broker.url, dataDir }, broker.caFile);
}, 120_000);
afterEach(async () => {
  await Promise.all(open.splice(0).map((connection) => connection.disconnect()));
});
afterAll(async () => {
  await ground?.end();
  await system?.stop();
  await broker?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const target = (clientId: string) => ({ port: broker.tlsPort, caFile: broker.caFile, clientId });
const v2 = ({ certificate, privateKey }: Identity) => v2Builder.certificate(certificate, privateKey);

describe('unmodified clients pass with Mosquitto as shadow broker and the ACL that we ship (device-shadow 11)', () => {
  it('v1 thingShadow with a certificate', async () => {
    const { thing, certificate, privateKey } = await ground.thing();
    const shadow = await openV1(thing, {
      host: '127.0.0.1',
      port: broker.tlsPort,
      caCert: Buffer.from(ground.ca),
      clientCert: Buffer.from(certificate),
      privateKey: Buffer.from(privateKey),
    });
    await passAcceptance(shadow);
    await shadow.end();
  });

  it.each([
    ['a classic shadow', undefined],
    ['a named shadow', 'porch'],
  ])('v2 over MQTT 3.1.1, %s', async (_title, name) => {
    const identity = await ground.thing();
    const shadow = await openV2(v2(identity), target(identity.thing), identity.thing, name);
    await passAcceptance(shadow);
    await shadow.end();
  });

  it.each([
    ['a classic shadow', undefined],
    ['a named shadow', 'porch'],
  ])('v2 over MQTT 5, %s', async (_title, name) => {
    const identity = await ground.thing();
    const shadow = await openV2Mqtt5(identity, target(identity.thing), identity.thing, name);
    await passAcceptance(shadow);
    await shadow.end();
  });
});

it('a device that was away finds the delta that waited in its session', async () => {
  const identity = await ground.thing();
  const { thing } = identity;
  const topic = `$aws/things/${thing}/shadow/update/delta`;
  const device = await connectV2(v2(identity), { ...target(thing), isClean: false });
  await device.subscribe(topic, 1, () => {});
  await device.disconnect();
  const app = await openV2(v2(identity), target(`${thing}:app`), thing);
  await app.update({ state: { desired: { power: 'on' } } });
  await app.end();
  const came = new Promise<string>((resolve) => {
    void connectV2(v2(identity), {
      ...target(thing),
      isClean: false,
      onMessage: (on, payload) => {
        if (on === topic) resolve(payload);
      },
    }).then((back) => open.push(back));
  });
  expect(JSON.parse(await came)).toMatchObject({ state: { power: 'on' } });
});

it('a last will on the topic for wills becomes a report', async () => {
  const identity = await ground.thing();
  const { thing } = identity;
  const shadow = await openV2(v2(identity), target(`${thing}:app`), thing);
  await shadow.update({ state: { reported: { connected: true } } });
  const gone = v2(identity).with_will({
    topic: `latchkey/things/${thing}/will`,
    payload: JSON.stringify({ state: { reported: { connected: false } } }),
    qos: 1,
    retain: false,
  });
  await connectV2(gone, target(thing));
  // The newer connection ends the older one without its goodbye.
  open.push(await connectV2(v2(identity), target(thing)));
  await expect
    .poll(async () => (await shadow.get()) as { state?: unknown }, { timeout: 30_000 })
    .toMatchObject({ state: { reported: { connected: false } } });
  await shadow.end();
});

it('a bridge that starts anew keeps documents, versions and the versions of what was deleted', async () => {
  const identity = await ground.thing();
  const shadow = await openV2(v2(identity), target(identity.thing), identity.thing);
  await shadow.update({ state: { reported: { n: 1 } } });
  const deleted = await shadow.delete();
  await system.bridge.stop();
  await system.bridge.start();
  expect(await shadow.get()).toMatchObject({ isAccepted: false, code: 404 });
  const again = await shadow.update({ state: { reported: { n: 3 } } });
  if (!again.isAccepted || !deleted.isAccepted) throw new Error('not accepted');
  expect(again.version).toBeGreaterThan(deleted.version);
  await shadow.end();
});

describe('the ACL keeps out', () => {
  it("a stranger's certificate in the name of a thing", async () => {
    const { thing } = await ground.thing();
    const now = new Date();
    const ca = await issueAuthority({ now, days: 9, name: 'Latchkey things' });
    const { cert, key } = await issueClient({ ca, thing, now, days: 9 });
    await expect(connectV2(v2Builder.certificate(cert, key), target(thing))).rejects.toThrow();
  });

  it('a device from the shadow of another, from answers and from presence: Mosquitto drops what it says', async () => {
    const [own, other] = [await ground.thing(), await ground.thing()];
    const theirs = await openV2(v2(other), target(other.thing), other.thing);
    await theirs.update({ state: { reported: { n: 1 } } });
    const heard: string[] = [];
    const mine = `$aws/things/${own.thing}/shadow`;
    let onFence = () => {};
    const fence = new Promise<void>((resolve) => {
      onFence = resolve;
    });
    const curious = await connectV2(v2(own), {
      ...target(own.thing),
      onMessage: (topic) => {
        if (topic === `${mine}/get/rejected`) onFence();
        else heard.push(topic);
      },
    });
    open.push(curious);
    const prefix = `$aws/things/${other.thing}/shadow`;
    const filters = [
      '#',
      `${prefix}/#`,
      '$aws/things/+/shadow/#',
      '$aws/events/#',
      'latchkey/#',
      `${mine}/#`,
    ];
    for (const filter of filters) await curious.subscribe(filter, 1).catch(() => {});
    const said = [
      `${prefix}/update`,
      `${prefix}/update/accepted`,
      `${mine}/update/delta`,
      `${mine}/get/accepted`,
      `$aws/events/presence/connected/${own.thing}`,
      'latchkey/v1/revoke/session/x',
    ];
    for (const topic of said) await curious.publish(topic, { state: { reported: { n: 2 } } }, 1);
    await theirs.update({ state: { reported: { m: 1 } } });
    // The answer to its own request comes after all that could have come before.
    await curious.publish(`${mine}/get`, '', 1);
    await fence;
    expect(heard).toEqual([]);
    expect(await theirs.get()).toMatchObject({ state: { reported: { n: 1, m: 1 } }, version: 2 });
    expect(theirs.deltas).toEqual([]);
    await theirs.end();
  });
});
