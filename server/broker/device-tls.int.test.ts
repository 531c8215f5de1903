import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from 'node:tls';
import { expect, it } from 'vitest';
import { ensureCertificates } from '@/server/embedded/certificates';
import { deviceHome, eventTopic } from '@/server/testing/device-home';
import { ground } from '@/server/testing/ground';
import { connectPacket, peerOver, publishPacket } from '@/server/testing/mqtt-peer';
import { DeviceProfile } from './device-profile';
import { openFrontDoor } from './front-door';
import { listen } from './listeners';

const factory = ground();
const home = deviceHome(factory);

it('a device is served over TLS as it is without', async () => {
  const device = await home.device();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'latchkey-tls-'));
  const files = await ensureCertificates({ dataDir, hosts: [] });
  const tls = { cert: await readFile(files.certFile, 'utf8'), key: await readFile(files.keyFile, 'utf8') };
  const profile = new DeviceProfile(factory.deps);
  await profile.start();
  const door = openFrontDoor({
    device: (...accepted) => profile.accept(...accepted),
    other: (stream) => stream.destroy(),
  });
  const listeners = await listen(door, { host: '127.0.0.1', port: 0, tlsPort: 0, tls }, factory.deps.log);
  try {
    const socket = connect({
      host: '127.0.0.1',
      port: listeners.tlsPort,
      servername: 'localhost',
      ca: await readFile(files.caFile),
    });
    const peer = peerOver(socket);
    peer.send(connectPacket(device), publishPacket(eventTopic(device), '{"eventType":"sealed"}', 4));
    expect(await peer.next()).toMatchObject({ cmd: 'connack', returnCode: 0 });
    expect(await peer.next()).toMatchObject({ cmd: 'puback', messageId: 4 });
    await profile.stop();
    await peer.closed;
  } finally {
    await listeners.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});
