import { isUtf8 } from 'node:buffer';
import { Failure } from '../domain/errors';
import { isJsonObject } from '../domain/json';
import type { Caller, Deps } from '../services/deps';
import { deleteDeviceValue } from '../services/kv/delete-device-value';
import { putDeviceValue } from '../services/kv/put-device-value';
import { reloadText } from '../services/kv/reload-text';
import { deviceAllowance } from '../services/rates/allowances';
import { spend } from '../services/rates/spend';

/** A change as the bus tells it; `isOwn`: made by this connection, which is not told. */
interface Change {
  body: string;
  isOwn: boolean;
}

const retryMs = 1_000;

/**
 * The device data proxy of one connection (mode-api 7): all data first, then each change in the order of its revision.
 * A revision that is missing is made good by telling all of it again, since the device's library drops what comes late.
 */
export class KvProxy {
  /** Revision that the device holds; undefined while all of it is being told. */
  #revision: number | undefined;
  #waiting: Change[] = [];
  #isFollowing = false;
  #isReloading = false;
  #changes: Promise<unknown> = Promise.resolve();
  #retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly deps: Deps,
    private readonly deviceId: number,
    private readonly tell: (body: string) => void,
  ) {}

  /** The device listens from now on. */
  follow(): void {
    this.#isFollowing = true;
    this.reload();
  }

  unfollow(): void {
    this.#isFollowing = false;
    this.#revision = undefined;
    this.#waiting = [];
    clearTimeout(this.#retry);
  }

  /** Tells everything anew. */
  reload(): void {
    if (!this.#isFollowing || this.#isReloading) return;
    this.#isReloading = true;
    this.#revision = undefined;
    clearTimeout(this.#retry);
    reloadText(this.deps.db, this.deviceId)
      .then((text) => {
        this.#isReloading = false;
        if (text === undefined || !this.#isFollowing) return;
        this.#revision = revisionOf(text);
        this.tell(text);
        for (const change of this.#waiting.splice(0)) this.take(change);
      })
      .catch((error: unknown) => {
        this.#isReloading = false;
        this.deps.log.warn({ err: error, deviceId: this.deviceId }, 'key-value data will be read again');
        this.#retry = setTimeout(() => this.reload(), retryMs);
      });
  }

  take(change: Change): void {
    if (!this.#isFollowing) return;
    if (this.#revision === undefined) {
      this.#waiting.push(change);
      return;
    }
    const revision = revisionOf(change.body);
    if (revision <= this.#revision) return;
    if (revision > this.#revision + 1) {
      this.reload();
      return;
    }
    this.#revision = revision;
    if (!change.isOwn) this.tell(change.body);
  }

  /**
   * A change of the device's own, one after another in the order they came. Resolves to true when it is stored or
   * refused, to false when the device asks more often than it may; rejects when neither is known.
   */
  change(caller: Caller, payload: Buffer, connection: string): Promise<boolean> {
    // The allowance is asked in turn as well: two that are asked side by side may be answered the other way round.
    const changed = this.#changes.then(async () => {
      const [wait] = await spend(this.deps, [deviceAllowance(this.deviceId, this.deps.limits)]);
      if (wait !== undefined) return false;
      await this.#change(caller, payload, connection);
      return true;
    });
    this.#changes = changed.catch(() => {});
    return changed;
  }

  async #change(caller: Caller, payload: Buffer, connection: string): Promise<void> {
    const raw = payload.toString();
    const request = isUtf8(payload) ? parsed(raw) : undefined;
    if (!isJsonObject(request) || typeof request.key !== 'string') return;
    const params = { deviceId: this.deviceId, key: request.key };
    try {
      if (request.action === 'set') {
        const input = { params, query: undefined, body: { value: request.value }, raw };
        await putDeviceValue(this.deps, caller, input, connection);
      } else if (request.action === 'delete') {
        const input = { params, query: undefined, body: undefined, raw: '' };
        await deleteDeviceValue(this.deps, caller, input, connection);
      }
    } catch (error) {
      // What is refused for good is dropped, as an invalid event is; for the rest the device tries again.
      if (!(error instanceof Failure) || error.code === 'unavailable') throw error;
      this.deps.log.info({ deviceId: this.deviceId, failure: error.code }, 'change of a device refused');
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Of our own messages, which always carry one. */
const revisionOf = (text: string): number => (JSON.parse(text) as { rev: number }).rev;
