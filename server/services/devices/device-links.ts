import { randomUUID } from 'node:crypto';
import type { DeviceMessage, Revocation } from '../../bus/bus';
import type { Principal } from '../../domain/principal';
import type { Deps } from '../deps';
import { areKeysGood } from './are-keys-good';
import { closeConnection } from './close-connection';
import { leaseMs, openConnection } from './open-connection';
import { renewConnections } from './renew-connections';

/** Why a connection of a device is ended from our side. */
export type LinkEnd = 'revoked' | 'replaced' | 'stopping';

/** One connection of a device to this process, by whatever protocol. */
export interface DeviceLink {
  readonly deviceId: number;
  readonly principal: Principal;
  /** SHA-256 of the key that let it in. */
  readonly keyHash: Buffer;
  onMessage(message: DeviceMessage): void;
  end(why: LinkEnd): void;
}

const renewEveryMs = leaseMs / 3;
/** Connections of one device to one process, those without a command channel included. */
const linksPerDevice = 20;

interface Entry {
  /** Lease of the command channel while it is open or opening. */
  channel: Promise<string> | undefined;
  channelId: string | undefined;
}

/**
 * The connections of devices to this process: brings them what the bus tells, keeps their leases, and ends them when
 * the key is revoked or a newer connection takes the place.
 */
export class DeviceLinks {
  readonly #node = randomUUID();
  readonly #links = new Map<DeviceLink, Entry>();
  readonly #ofDevice = new Map<number, Set<DeviceLink>>();
  readonly #offs: (() => unknown)[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** Closings under way, awaited at the end. */
  readonly #closing = new Set<Promise<void>>();

  constructor(
    private readonly deps: Deps,
    /** What was told meanwhile is lost: links that keep a state bring it up to date. */
    private readonly onGap: (links: Iterable<DeviceLink>) => void = () => {},
  ) {}

  get size(): number {
    return this.#links.size;
  }

  async start(): Promise<void> {
    const { bus, log } = this.deps;
    this.#offs.push(
      await bus.onDeviceMessage((message) => {
        for (const link of this.#ofDevice.get(message.deviceId) ?? []) link.onMessage(message);
      }),
      await bus.onRevocation((what) => this.#revoke(what)),
      bus.onReconnect(() => {
        this.onGap(this.#links.keys());
        this.#recheck().catch((error: unknown) =>
          log.warn({ err: error }, 'keys could not be checked again'),
        );
      }),
    );
    this.#timer = setInterval(() => {
      this.#renew().catch((error: unknown) => log.warn({ err: error }, 'leases could not be renewed'));
    }, renewEveryMs);
  }

  /** Ends every connection and closes their channels. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    for (const off of this.#offs) await off();
    for (const link of [...this.#links.keys()]) {
      link.end('stopping');
      this.remove(link);
    }
    await Promise.all(this.#closing);
  }

  add(link: DeviceLink): void {
    const links = this.#ofDevice.get(link.deviceId) ?? new Set();
    this.#ofDevice.set(link.deviceId, links.add(link));
    this.#links.set(link, { channel: undefined, channelId: undefined });
    const [oldest] = links;
    if (links.size > linksPerDevice && oldest !== undefined) oldest.end('replaced');
  }

  /** The connection is gone; its channel is closed in the background. */
  remove(link: DeviceLink): void {
    this.closeChannel(link);
    if (!this.#links.delete(link)) return;
    const links = this.#ofDevice.get(link.deviceId);
    links?.delete(link);
    if (links?.size === 0) this.#ofDevice.delete(link.deviceId);
  }

  /** Resolves when the device counts as connected. Raises what `openConnection` raises. */
  async openChannel(link: DeviceLink): Promise<void> {
    const entry = this.#links.get(link);
    if (entry === undefined) return;
    entry.channel ??= openConnection(
      this.deps,
      { principal: link.principal },
      { deviceId: link.deviceId, node: this.#node },
    );
    const { channel } = entry;
    try {
      const id = await channel;
      if (entry.channel === channel) entry.channelId = id;
    } catch (error) {
      if (entry.channel === channel) entry.channel = undefined;
      throw error;
    }
  }

  closeChannel(link: DeviceLink): void {
    const entry = this.#links.get(link);
    const channel = entry?.channel;
    if (entry === undefined || channel === undefined) return;
    entry.channel = undefined;
    entry.channelId = undefined;
    const closing = channel
      .then(
        (id) => closeConnection(this.deps, { id, deviceId: link.deviceId }),
        () => {},
      )
      // The lease ends by itself when the database is away now.
      .catch((error: unknown) => this.deps.log.warn({ err: error }, 'connection could not be closed'))
      .finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }

  #revoke(what: Revocation): void {
    if (what.kind === 'device') {
      for (const link of [...(this.#ofDevice.get(what.id) ?? [])]) link.end('revoked');
    } else if (what.kind === 'connection') {
      for (const [link, { channelId }] of this.#links) if (channelId === what.id) link.end('replaced');
    }
  }

  async #renew(): Promise<void> {
    const held = [...this.#links].flatMap(([link, { channelId }]) =>
      channelId === undefined ? [] : [{ link, channelId }],
    );
    const ids = held.map(({ channelId }) => channelId);
    const kept = await renewConnections(this.deps, this.#node, ids);
    for (const { link, channelId } of held) {
      if (!kept.has(channelId) && this.#links.get(link)?.channelId === channelId) link.end('replaced');
    }
  }

  async #recheck(): Promise<void> {
    const links = [...this.#links.keys()];
    const good = await areKeysGood(this.deps, [...this.#ofDevice.keys()]);
    for (const link of links) if (!good(link.deviceId, link.keyHash)) link.end('revoked');
  }
}
