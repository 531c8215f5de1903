/** This machine's two clocks: the wall's may jump, the steady one may stand still while the machine sleeps. */
export interface LocalClock {
  /** Milliseconds since the epoch. */
  wallMs(): number;
  /** Milliseconds since some fixed moment, never going back. */
  steadyMs(): number;
}

export const systemClock: LocalClock = { wallMs: () => Date.now(), steadyMs: () => performance.now() };

/** Both clocks at one moment. */
export interface Reading {
  wall: number;
  steady: number;
}

/** Between these two the service's time lies, milliseconds since the epoch. */
export interface TimeBounds {
  earliest: number;
  latest: number;
}

/** Service time minus local time lies between `low` and `high`; true at local time `at`, less sure with age. */
interface Offset {
  low: number;
  high: number;
  at: number;
}

/** Quartz drifts apart by tens of parts in a million; twice a bad one. */
const drift = 0.0002;
/** More doubt than this and a command is not run (model 3, clocks). */
const mostDoubtMs = 5_000;

const widen = (offset: Offset, now: number): Offset => {
  const doubt = Math.abs(now - offset.at) * drift;
  return { low: offset.low - doubt, high: offset.high + doubt, at: now };
};

const names = ['wall', 'steady'] as const;

/**
 * What the shadow service's clock says, learned from the whole seconds in its messages. Answers to our own requests
 * give both bounds: the answer was stamped between our sending and our receiving.
 */
export class ServiceClock {
  readonly #clock: LocalClock;
  readonly #offsets: Partial<Record<(typeof names)[number], Offset>> = {};

  constructor(clock: LocalClock) {
    this.#clock = clock;
  }

  /** Both local clocks now; take it before a request leaves and pass it to `answered`. */
  read(): Reading {
    return { wall: this.#clock.wallMs(), steady: this.#clock.steadyMs() };
  }

  /** Learns from the answer to a request that left at `sent`. `timestamp`: whole epoch seconds of the service. */
  answered(sent: Reading, timestamp: number): void {
    if (!Number.isSafeInteger(timestamp)) return;
    const received = this.read();
    for (const name of names) {
      const fresh: Offset = {
        low: timestamp * 1000 - received[name],
        high: timestamp * 1000 + 1000 - sent[name],
        at: received[name],
      };
      const known = this.#offsets[name];
      const aged = known === undefined ? fresh : widen(known, received[name]);
      const low = Math.max(aged.low, fresh.low);
      const high = Math.min(aged.high, fresh.high);
      // No common ground: one of the clocks jumped, and what was known before is void.
      this.#offsets[name] = low <= high ? { low, high, at: received[name] } : fresh;
    }
  }

  /** Learns from any message of the service: it cannot be earlier there than the message says. */
  witnessed(timestamp: number): void {
    const bounds = this.#bounds();
    if (bounds === undefined || !Number.isSafeInteger(timestamp) || timestamp * 1000 <= bounds.latest) return;
    for (const name of names) delete this.#offsets[name];
  }

  /** Bounds of the service's time now; undefined when unknown or unsure by more than 5 s. */
  now(): TimeBounds | undefined {
    const bounds = this.#bounds();
    return bounds !== undefined && bounds.latest - bounds.earliest <= mostDoubtMs ? bounds : undefined;
  }

  /** Best guess of the service's time, falling back on the wall clock: for display only, no rule looks at it. */
  guess(): number {
    const bounds = this.now();
    return Math.round(bounds === undefined ? this.#clock.wallMs() : (bounds.earliest + bounds.latest) / 2);
  }

  #bounds(): TimeBounds | undefined {
    const { wall, steady } = this.#offsets;
    if (wall === undefined || steady === undefined) return undefined;
    const local = this.read();
    const byWall = widen(wall, local.wall);
    const bySteady = widen(steady, local.steady);
    return {
      earliest: Math.min(local.wall + byWall.low, local.steady + bySteady.low),
      latest: Math.max(local.wall + byWall.high, local.steady + bySteady.high),
    };
  }
}
