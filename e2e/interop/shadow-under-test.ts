/** What an SDK made of the service's answer. */
export type Answer =
  | { isAccepted: true; version: number; state: unknown }
  | { isAccepted: false; code: number; message: string };

export interface Document {
  state: unknown;
}

/** One shadow, seen through the client of an SDK. */
export interface ShadowUnderTest {
  get(): Promise<Answer>;
  update(document: Document): Promise<Answer>;
  delete(): Promise<Answer>;
  /** An update by somebody who has missed the last one and names the version before it. */
  updateStale(document: Document): Promise<Answer>;
  /** Several updates as fast as this SDK lets them go. */
  updateMany(documents: readonly Document[]): Promise<Answer[]>;
  /** States of the deltas so far, in order. */
  readonly deltas: readonly unknown[];
  /** The next state of a delta that has not been asked for yet. */
  nextDelta(): Promise<unknown>;
  end(): Promise<void>;
}

/** Keeps what deltas said, for both ways of looking at them. */
export class DeltaLog {
  readonly all: unknown[] = [];
  #asked = 0;
  #wake: (() => void) | undefined;

  put(state: unknown): void {
    this.all.push(state);
    this.#wake?.();
  }

  async next(): Promise<unknown> {
    while (this.all.length <= this.#asked) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#asked += 1;
    return this.all[this.#asked - 1];
  }
}
