import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { IConnectPacket } from 'mqtt-packet';
import type { DeviceMessage } from '../bus/bus';
import type { Principal } from '../domain/principal';
import { resolveModeToken } from '../services/auth/resolve-principal';
import type { Caller, Deps } from '../services/deps';
import { type DeviceLink, DeviceLinks } from '../services/devices/device-links';
import { EventBatches } from '../services/events/event-batches';
import { deviceAllowance } from '../services/rates/allowances';
import { spend } from '../services/rates/spend';
import { hashToken } from '../services/secrets';
import type { Arrival } from './arrival';
import { DeviceSession, type SessionHandler } from './device-session';
import { refuseConnect } from './front-door';
import { KvProxy } from './kv-proxy';

const badCredentials = 4;
const unavailable = 3;
const keyMost = 8_192;
/** A device waits 15 s for its PUBACK (mode-api 7); one that cannot be given in time is better not given. */
const patienceMs = 10_000;

/** What a device reaches below its own prefix (mode-api 7). */
const topicsOf = (deviceId: number) => {
  const prefix = `/devices/${deviceId}/`;
  return { prefix, event: `${prefix}event`, command: `${prefix}command`, kv: `${prefix}kv` };
};
/** Answers to requests for bulk data: there are none, but who listens for them is not turned away (mode-api 7). */
const bulkAnswers = /^bulkData\/[^/+#]+\/response$/;

/** One device on one connection. */
class DeviceConnection implements DeviceLink, SessionHandler {
  readonly deviceId: number;
  readonly #id = randomUUID();
  readonly #session: DeviceSession;
  readonly #topics: ReturnType<typeof topicsOf>;
  readonly #proxy: KvProxy;
  #hearsCommands = false;

  constructor(
    private readonly profile: DeviceProfile,
    stream: Duplex,
    readonly principal: Extract<Principal, { kind: 'device' }>,
    readonly keyHash: Buffer,
    private readonly address: string | undefined,
  ) {
    this.deviceId = principal.deviceId;
    this.#topics = topicsOf(this.deviceId);
    this.#session = new DeviceSession(stream, this);
    this.#proxy = new KvProxy(profile.deps, this.deviceId, (body) =>
      this.#session.publish(this.#topics.kv, body),
    );
  }

  async run(keepAliveSeconds: number): Promise<void> {
    this.profile.links.add(this);
    await this.#session.run(keepAliveSeconds);
    this.#proxy.unfollow();
    this.profile.links.remove(this);
  }

  end(): void {
    this.#session.end();
  }

  /** What was told meanwhile is lost; of the data the device can be told all again. */
  catchUp(): void {
    this.#proxy.reload();
  }

  onMessage({ channel, body, except }: DeviceMessage): void {
    if (channel === 'kv') this.#proxy.take({ body, isOwn: except === this.#id });
    else if (this.#hearsCommands) this.#session.publish(this.#topics.command, body);
  }

  async publish(topic: string, payload: Buffer): Promise<boolean> {
    const { deviceId, principal, address } = this;
    if (topic === this.#topics.event) {
      if (!isUtf8(payload)) return true;
      const stored = await this.profile.events.put({
        deviceId,
        payload: payload.toString(),
        place: principal.place,
        ...(address === undefined ? {} : { address }),
      });
      return stored !== 'limited';
    }
    if (topic === this.#topics.kv) {
      const caller: Caller = { principal, via: 'api', address };
      return this.#proxy.change(caller, payload, this.#id);
    }
    const { deps } = this.profile;
    const [wait] = await spend(deps, [deviceAllowance(deviceId, deps.limits)]);
    if (wait !== undefined) return false;
    // Topics for bulk data are taken and not used; others' topics are dropped without a word (mode-api 7).
    return true;
  }

  async subscribe(topic: string): Promise<boolean> {
    const { kv, prefix } = this.#topics;
    if (topic === kv || (topic.startsWith(prefix) && bulkAnswers.test(topic.slice(prefix.length))))
      return true;
    if (topic !== this.#topics.command) return false;
    try {
      await this.profile.links.openChannel(this);
      return true;
    } catch (error) {
      this.profile.deps.log.warn({ err: error, deviceId: this.deviceId }, 'command channel not opened');
      return false;
    }
  }

  subscribed(topics: readonly string[]): void {
    if (topics.includes(this.#topics.command)) this.#hearsCommands = true;
    if (topics.includes(this.#topics.kv)) this.#proxy.follow();
  }

  unsubscribe(topics: readonly string[]): void {
    if (topics.includes(this.#topics.kv)) this.#proxy.unfollow();
    if (!topics.includes(this.#topics.command)) return;
    this.#hearsCommands = false;
    this.profile.links.closeChannel(this);
  }
}

/** MODE devices on our broker: user name = device id, password = key of the device (mode-api 7, model 4). */
export class DeviceProfile {
  readonly links: DeviceLinks;
  readonly events: EventBatches;

  constructor(readonly deps: Deps) {
    this.events = new EventBatches(deps, { patienceMs });
    this.links = new DeviceLinks(deps, (links) => {
      for (const link of links) if (link instanceof DeviceConnection) link.catchUp();
    });
  }

  start(): Promise<void> {
    return this.links.start();
  }

  /** What is being stored is stored; then every connection ends. */
  async stop(): Promise<void> {
    await this.events.idle();
    await this.links.stop();
    await this.events.idle();
  }

  /** Takes a connection whose CONNECT names a device. A will and a wish for a kept session are ignored. */
  accept(stream: Duplex, connect: IConnectPacket, { address }: Arrival): void {
    this.#accept(stream, connect, address).catch((error: unknown) => {
      // Fail closed: without the database nobody is let in.
      this.deps.log.warn({ err: error }, 'device could not be checked');
      refuseConnect(stream, unavailable);
    });
  }

  async #accept(stream: Duplex, connect: IConnectPacket, address: string | undefined): Promise<void> {
    // Errors before the session reads the stream; it ends by itself then.
    stream.on('error', () => {});
    const key = connect.password?.toString() ?? '';
    const principal = key === '' || key.length > keyMost ? undefined : await resolveModeToken(this.deps, key);
    if (principal?.kind !== 'device' || String(principal.deviceId) !== connect.username) {
      this.deps.log.info({ deviceId: connect.username }, 'MQTT device refused');
      refuseConnect(stream, badCredentials);
      return;
    }
    const connection = new DeviceConnection(this, stream, principal, hashToken(key), address);
    await connection.run(connect.keepalive ?? 0);
  }
}
