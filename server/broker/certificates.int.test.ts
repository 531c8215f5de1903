import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hubs, thingCertificates, things } from '@/drizzle/schema';
import { issueAuthority, issueClient, issueServer } from '@/server/embedded/issue-certificate';
import { createLock } from '@/server/services/locks/create-lock';
import { ground } from '@/server/testing/ground';
import { connectPacket, endPeersAfterwards, peerOver } from '@/server/testing/mqtt-peer';
import { connectService, connectWire, type Wire } from '@/server/testing/mqtt-wire';
import { startTlsBroker, type ThingCertificate, type TlsBroker } from '@/server/testing/tls-broker';

const factory = ground();
const now = new Date();
const shadow = (thing: string, rest: string) => `$aws/things/${thing}/shadow/${rest}`;
let foreign: Awaited<ReturnType<typeof issueAuthority>>;
let broker: TlsBroker;
let home: Awaited<ReturnType<typeof factory.home>>;
const open: Wire[] = [];

beforeAll(async () => {
  foreign = await issueAuthority({ now, days: 30, name: 'Somebody else' });
  broker = await startTlsBroker(factory, { foreignAuthorities: [foreign.cert] });
  home = await factory.home(await factory.person((await factory.project()).id));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((wire) => wire.end()));
});
endPeersAfterwards();
afterAll(() => broker.stop());

type Shown = Pick<ThingCertificate, 'thing' | 'certificate' | 'privateKey'>;
const show = ({ thing, certificate, privateKey }: Shown, options: object = {}) =>
  connectWire(broker.url, {
    clientId: thing,
    ca: broker.ca,
    cert: certificate,
    key: privateKey,
    ...options,
  });
const keep = async (connecting: Promise<Wire>): Promise<Wire> => {
  const wire = await connecting;
  open.push(wire);
  return wire;
};
/** The code of the CONNACK, or `no answer` when the connection ends before one. */
const outcome = (connecting: Promise<Wire>): Promise<string | number> =>
  connecting.then(
    (wire) => {
      open.push(wire);
      return 'let in';
    },
    (error: { code?: unknown }) => (typeof error.code === 'number' ? error.code : 'no answer'),
  );

describe('the operator', () => {
  it('makes a certificate, shows its key once, lists it and revokes it', async () => {
    const lock = await factory.lock(home.id);
    const made = await broker.issue(lock.thing);
    expect(made).toEqual({
      thing: lock.thing,
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      certificate: expect.stringMatching(/^-----BEGIN CERTIFICATE-----\n/),
      privateKey: expect.stringMatching(/^-----BEGIN PRIVATE KEY-----\n/),
      ca: broker.ca,
      expiresAt: expect.any(Date),
    });
    const listed = await broker.admin('cert', 'list', '--thing', lock.thing);
    expect(listed).toEqual([
      expect.objectContaining({ thing: lock.thing, fingerprint: made.fingerprint, revokedAt: null }),
    ]);
    expect(JSON.stringify(listed)).not.toContain('PRIVATE');
    const revoked = await broker.admin('cert', 'revoke', '--fingerprint', made.fingerprint);
    const again = await broker.admin('cert', 'revoke', '--fingerprint', made.fingerprint.toUpperCase());
    expect(again.revokedAt).toEqual(revoked.revokedAt);
  });

  it('is told which flag is wrong', async () => {
    const lock = await factory.lock(home.id);
    await expect(broker.issue('lock-nobody')).rejects.toThrow('thing: there is no such thing');
    await expect(broker.issue('lock/x')).rejects.toThrow('thing: ');
    await expect(broker.issue(lock.thing, '--days', '4000')).rejects.toThrow('--days');
    await expect(broker.admin('cert', 'revoke', '--fingerprint', 'abc')).rejects.toThrow('fingerprint: ');
    await expect(broker.admin('cert', 'revoke', '--fingerprint', '0'.repeat(64))).rejects.toThrow(
      'fingerprint: there is no such certificate',
    );
  });

  it('gives a MODE device the thing that its shadow belongs to', async () => {
    const { id } = await factory.device((await factory.project()).id);
    const made = await broker.issue(`device-${id}`);
    const wire = await keep(show(made));
    expect(await wire.subscribe(shadow(`device-${id}`, 'update/delta'))).toEqual([1]);
  });

  it('finds the key of the authority readable by nobody else', async () => {
    const { mode } = await stat(path.join(broker.dataDir, 'certificates/clients.key'));
    expect(mode & 0o777).toBe(0o600);
  });
});

describe('a thing with its certificate (device-shadow 9)', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'is let in over %s, under its name or with a suffix',
    async (version) => {
      const made = await broker.issue((await factory.lock(home.id)).thing);
      for (const clientId of [made.thing, `${made.thing}:app`]) {
        const wire = await keep(show(made, { clientId, minVersion: version, maxVersion: version }));
        expect(await wire.subscribe(shadow(made.thing, 'update/delta'))).toEqual([1]);
      }
    },
  );

  it('whatever the SDK says as user name, also over WebSocket', async () => {
    const made = await broker.issue((await factory.lock(home.id)).thing);
    const names = [
      '?SDK=JavaScript&Version=2.2.16',
      '?SDK=IoTDeviceSDK/JS&Platform=Linux&Metadata=(a=b)',
      'lock-other',
      'svc:bridge',
    ];
    for (const username of names)
      expect([username, await outcome(show(made, { username }))]).toEqual([username, 'let in']);
    const url = `${broker.url.replace('mqtts:', 'wss:')}/mqtt`;
    const wire = await keep(
      connectWire(url, {
        clientId: made.thing,
        wsOptions: { ca: broker.ca, cert: made.certificate, key: made.privateKey },
      }),
    );
    expect(await wire.subscribe(shadow(made.thing, '#'), shadow('lock-other', '#'))).toEqual([1, 128]);
  });

  it('is one of the accepted ways, a password over TLS another', async () => {
    const lock = await factory.lock(home.id);
    const options = { clientId: lock.thing, username: lock.thing, ca: broker.ca };
    const wire = await keep(connectWire(broker.url, { ...options, password: lock.mqtt.password }));
    expect(await wire.subscribe(shadow(lock.thing, '#'))).toEqual([1]);
    expect(await outcome(connectWire(broker.url, { ...options, password: 'wrong' }))).toBe(4);
  });
});

describe('nobody is let in (device-shadow 9)', () => {
  it('with the certificate of a stranger, of a server, or one that has expired: the connection ends unanswered', async () => {
    const { thing, mqtt } = await factory.lock(home.id);
    const stranger = await issueAuthority({ now, days: 30, name: 'Latchkey things' });
    const as = (pair: { cert: string; key: string }) =>
      // The right password does not help who shows a wrong certificate.
      show(
        { thing, certificate: pair.cert, privateKey: pair.key },
        { username: thing, password: mqtt.password },
      );
    const past = new Date(now.getTime() - 10 * 86_400_000);
    expect(await outcome(as(await issueClient({ ca: stranger, thing, now, days: 9 })))).toBe('no answer');
    expect(await outcome(as(await issueClient({ ca: foreign, thing, now: past, days: 9 })))).toBe(
      'no answer',
    );
    expect(await outcome(as(await issueServer({ ca: foreign, names: ['localhost'], now, days: 9 })))).toBe(
      'no answer',
    );
  });

  it('with a certificate of a trusted authority that nobody has made known', async () => {
    const { thing } = await factory.lock(home.id);
    const { cert, key } = await issueClient({ ca: foreign, thing, now, days: 9 });
    const shown = { thing, certificate: cert, privateKey: key };
    expect(await outcome(show(shown))).toBe(4);
    const file = path.join(broker.dataDir, 'foreign.pem');
    await writeFile(file, cert);
    await expect(broker.admin('cert', 'add', '--thing', 'lock-other', '--file', file)).rejects.toThrow(
      'thing: is not the common name',
    );
    await broker.admin('cert', 'add', '--thing', thing, '--file', file);
    expect(await outcome(show(shown))).toBe('let in');
    await expect(broker.admin('cert', 'add', '--thing', thing, '--file', file)).rejects.toThrow('file: ');
  });

  it('whose record names another thing than the certificate, has ended, or under the name of another', async () => {
    const [one, other] = [await factory.lock(home.id), await factory.lock(home.id)];
    const made = await broker.issue(one.thing);
    expect(await outcome(show(made, { clientId: other.thing }))).toBe(4);
    expect(await outcome(show(made, { clientId: `${one.thing}:#` }))).toBe(4);
    const record = eq(thingCertificates.fingerprint, Buffer.from(made.fingerprint, 'hex'));
    await factory.deps.db.update(thingCertificates).set({ thing: other.thing }).where(record);
    expect(await outcome(show(made))).toBe(4);
    expect(await outcome(show(made, { clientId: other.thing }))).toBe(4);
    await factory.deps.db
      .update(thingCertificates)
      .set({ thing: one.thing, expiresAt: new Date(Date.now() - 1) })
      .where(record);
    expect(await outcome(show(made))).toBe(4);
  });

  it('after the certificate or the thing was revoked, and what is open ends', async () => {
    for (const what of ['certificate', 'thing'] as const) {
      const lock = await factory.lock(home.id);
      const [made, spare] = [await broker.issue(lock.thing), await broker.issue(lock.thing)];
      const wire = await keep(show(made));
      const bystander = await keep(show(spare, { clientId: `${lock.thing}:spare` }));
      if (what === 'certificate') await broker.admin('cert', 'revoke', '--fingerprint', made.fingerprint);
      else
        await factory.deps.db
          .update(things)
          .set({ revokedAt: new Date() })
          .where(eq(things.name, lock.thing));
      await wire.closed;
      expect(await outcome(show(made))).toBe(4);
      if (what === 'certificate')
        expect(await bystander.subscribe(shadow(lock.thing, 'update/delta'))).toEqual([1]);
      else await bystander.closed;
    }
  });

  it('while its hub is suspended, and what is open ends', async () => {
    const hub = await factory.hub(home);
    const lock = await createLock(factory.deps, { homeId: home.id, hubId: hub.id, name: 'Front door' });
    const certificate = await broker.issue(lock.thing);
    const wire = await keep(show(certificate));
    await factory.deps.db.update(hubs).set({ status: 'suspended' }).where(eq(hubs.id, hub.id));
    await wire.closed;
    expect(await outcome(show(certificate))).not.toBe('let in');
    await factory.deps.db.update(hubs).set({ status: 'claimed' }).where(eq(hubs.id, hub.id));
    expect(await outcome(show(certificate))).toBe('let in');
  });

  it('is told as FORBIDDEN_ACCESS to whoever follows presence', async () => {
    const lock = await factory.lock(home.id);
    const made = await broker.issue(lock.thing);
    const service = await keep(connectService(broker.plainUrl, factory));
    await service.subscribe('$aws/events/presence/+/+');
    await keep(show(made));
    await broker.admin('cert', 'revoke', '--fingerprint', made.fingerprint);
    // Others of before may be leaving still.
    const went = await service.next(
      ({ body }) => body.eventType === 'disconnected' && body.clientId === lock.thing,
    );
    expect(went.body.disconnectReason).toBe('FORBIDDEN_ACCESS');
  });
});

describe('the handshake (device-shadow 7)', () => {
  const handshake = (options: object) =>
    new Promise<string | false>((resolve, reject) => {
      const socket = connect({ port: broker.port, host: '127.0.0.1', ca: broker.ca, ...options }, () => {
        resolve(socket.alpnProtocol as string | false);
        socket.destroy();
      });
      socket.once('error', reject);
    });

  it.each([
    [['mqtt'], 'mqtt'],
    [['x-amzn-mqtt-ca'], 'x-amzn-mqtt-ca'],
    [['http/1.1'], 'http/1.1'],
    [['something-else', 'mqtt'], 'mqtt'],
    [['something-else'], 'something-else'],
  ])('ALPN names %j are answered with %s', async (names, chosen) => {
    expect(await handshake({ ALPNProtocols: names })).toBe(chosen);
  });

  it('works without ALPN, with a name or an address as SNI, and without SNI', async () => {
    expect(await handshake({})).toBe(false);
    expect(await handshake({ servername: 'localhost' })).toBe(false);
    expect(await handshake({ servername: '', checkServerIdentity: () => undefined })).toBe(false);
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'a resumed session of %s is still its thing, and no longer when the certificate was revoked',
    async (version) => {
      const made = await broker.issue((await factory.lock(home.id)).thing);
      const host = { port: broker.port, host: '127.0.0.1', ca: broker.ca };
      const options = { ...host, minVersion: version, maxVersion: version };
      const knock = async (socket: TLSSocket) => {
        const peer = peerOver(socket);
        peer.send(connectPacket({ id: '?SDK', apiKey: 'none' }, { clientId: made.thing }));
        const answer = await peer.next();
        return { code: answer.cmd === 'connack' && answer.returnCode, isResumed: socket.isSessionReused() };
      };
      const first = connect({ ...options, cert: made.certificate, key: made.privateKey });
      const ticket = new Promise<Buffer>((resolve) => first.once('session', resolve));
      expect(await knock(first)).toEqual({ code: 0, isResumed: false });
      const session = await ticket;
      expect(await knock(connect({ ...options, session }))).toEqual({ code: 0, isResumed: true });
      await broker.admin('cert', 'revoke', '--fingerprint', made.fingerprint);
      expect(await knock(connect({ ...options, session }))).toEqual({ code: 4, isResumed: true });
    },
  );

  it('refuses TLS below 1.2', async () => {
    await expect(
      handshake({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
    ).rejects.toThrow();
  });
});
