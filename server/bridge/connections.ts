/** What a broker tells of a connection that has begun or ended (device-shadow 8). */
export interface ConnectionTold {
  clientId: string;
  isConnected: boolean;
  version: number;
  /** Where it comes from, where the broker tells. */
  address: string | undefined;
}

/** Client ids are `thing` or `thing:suffix` (model 4). */
export const thingOfClient = (clientId: string): string => clientId.split(':', 1)[0] as string;

/** A client that was away for about an hour is counted from zero again; nothing of before is still on its way by then. */
const forgottenAfterMs = 50 * 60_000;
const lookMs = 60_000;

/** Which clients are connected for each thing, from events that may be doubled and in any order. */
export class Connections {
  /** The newest connection of each client, and when its end was told, epoch milliseconds. */
  readonly #newest = new Map<string, { version: number; endedAt: number | undefined }>();
  readonly #here = new Map<string, Map<string, string | undefined>>();
  #lookedAt = 0;

  /** Takes an event in; false: it tells nothing new. `now`: epoch milliseconds. */
  take({ clientId, isConnected, version, address }: ConnectionTold, now: number): boolean {
    this.#forget(now);
    const known = this.#newest.get(clientId);
    if (known !== undefined && version < known.version) return false;
    // Connect and disconnect of one connection share the number: a connect that comes after its end is late.
    if (isConnected && version !== 0 && known?.version === version && known.endedAt !== undefined)
      return false;
    this.#newest.set(clientId, { version, endedAt: isConnected ? undefined : now });
    const thing = thingOfClient(clientId);
    const here = this.#here.get(thing) ?? new Map<string, string | undefined>();
    if (isConnected) here.set(clientId, address);
    else here.delete(clientId);
    if (here.size === 0) this.#here.delete(thing);
    else this.#here.set(thing, here);
    return true;
  }

  /** Whether any client of a thing is connected: one that leaves does not take the others with it. */
  isHere(thing: string): boolean {
    return this.#here.has(thing);
  }

  /** Where a thing is connected from: the thing itself, whose client id is its name, before any app of it. */
  addressOf(thing: string): string | undefined {
    const here = this.#here.get(thing);
    return here?.has(thing) === true ? here.get(thing) : here?.values().next().value;
  }

  /** The broker was lost, and tells anew who is there. */
  clear(): void {
    this.#here.clear();
  }

  #forget(now: number): void {
    if (now - this.#lookedAt < lookMs) return;
    this.#lookedAt = now;
    for (const [clientId, { endedAt }] of this.#newest)
      if (endedAt !== undefined && now - endedAt >= forgottenAfterMs) this.#newest.delete(clientId);
  }
}
