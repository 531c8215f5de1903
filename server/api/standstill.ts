/** How often the process shows that it runs, and how late such a beat may come before it counts as having stood still. */
const beatMs = 250;
const noticeMs = 1_500;
/** What waited meanwhile has been taken in after so long. */
const backlogMs = 2_000;

/** Times that never go back and the time of day, both in milliseconds: one of the two stops while a machine sleeps. */
export interface Clocks {
  steady(): number;
  wall(): number;
}
const realClocks: Clocks = { steady: () => performance.now(), wall: () => Date.now() };

/**
 * Notices that this process, or its machine, stood still. What is read afterwards may have waited in the kernel all the
 * while: who asked for a door then has long been told that nothing came of it, and must not see it open now (I4).
 */
export class Standstill {
  #beat: { steady: number; wall: number };
  #last: { lengthMs: number; beganAt: number; isOverAt: number } | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly clocks: Clocks = realClocks) {
    this.#beat = this.#read();
  }

  start(): void {
    this.#beat = this.#read();
    this.#timer = setInterval(() => this.beat(), beatMs);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** The process runs. */
  beat(): void {
    const gapMs = this.#gapMs();
    const now = this.#read();
    if (gapMs > noticeMs)
      this.#last = { lengthMs: gapMs, beganAt: now.steady - gapMs, isOverAt: now.steady + backlogMs };
    this.#beat = now;
  }

  /** The earliest moment at which what is taken in `now` can have been asked. */
  earliest(now: Date): Date {
    // What was read first after a standstill is told before the beat that is late.
    const gapMs = this.#gapMs();
    if (gapMs > noticeMs) return new Date(now.getTime() - gapMs);
    const { steady } = this.#read();
    if (this.#last === undefined || steady > this.#last.isOverAt) return now;
    return new Date(now.getTime() - (steady - this.#last.beganAt));
  }

  #read() {
    return { steady: this.clocks.steady(), wall: this.clocks.wall() };
  }

  #gapMs(): number {
    const { steady, wall } = this.#read();
    return Math.max(steady - this.#beat.steady, wall - this.#beat.wall);
  }
}
