/** A thing that was quiet may send two seconds' worth at once; SDKs start with such a burst. */
const burstSeconds = 2;
const trackedMost = 10_000;

interface Bucket {
  left: number;
  at: number;
}

/** Requests a second of each thing, as a bucket that fills evenly (device-shadow 6). Times in milliseconds. */
export class RequestRate {
  readonly #buckets = new Map<string, Bucket>();
  readonly #most: number;

  constructor(
    private readonly perSecond: number,
    private readonly now: () => number,
  ) {
    this.#most = perSecond * burstSeconds;
  }

  /** Whether one more request of the thing is within its rate; counts it if so. */
  take(thing: string): boolean {
    const at = this.now();
    const left = this.#left(this.#buckets.get(thing), at);
    if (this.#buckets.size >= trackedMost) this.#forgetQuiet(at);
    // The time is kept also of a refusal, or a clock set back would refuse until it has caught up.
    this.#buckets.set(thing, { left: left < 1 ? left : left - 1, at });
    return left >= 1;
  }

  #left(bucket: Bucket | undefined, at: number): number {
    if (bucket === undefined) return this.#most;
    const filled = (Math.max(0, at - bucket.at) / 1_000) * this.perSecond;
    return Math.min(this.#most, bucket.left + filled);
  }

  #forgetQuiet(at: number): void {
    for (const [thing, bucket] of this.#buckets)
      if (this.#left(bucket, at) >= this.#most) this.#buckets.delete(thing);
  }
}
