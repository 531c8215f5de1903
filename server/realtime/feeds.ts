import { currentPosition, type HomeEvent, readHomeEvents } from '../event-store/outbox';
import type { Deps } from '../services/deps';

/** More than this and a listener is better off loading the home anew. */
const replayMost = 1_000;

interface Feed {
  /** Last position sent to listeners; undefined until the home was looked up. */
  last: number | undefined;
  /** Work of this home, one after another: what keeps the order. */
  tail: Promise<void>;
  listeners: number;
}

export type Joined =
  | { ok: true; position: number; missed: HomeEvent[] }
  | { ok: false; reason: 'resync' | 'gone' };

/**
 * The log of each home that somebody listens to, in order and without gaps: the bus is the fast path, the database
 * fills in whatever the bus lost or delivered early.
 */
export class HomeFeeds {
  readonly #feeds = new Map<number, Feed>();

  constructor(
    private readonly deps: Pick<Deps, 'db' | 'log'>,
    private readonly emit: (event: HomeEvent) => void,
  ) {}

  /** An announcement came by the bus. */
  take(event: HomeEvent): void {
    const feed = this.#feeds.get(event.homeId);
    if (feed !== undefined) this.#run(feed, event.homeId, () => this.#advance(feed, event));
  }

  /** Announcements may have been missed: looks at the log itself. */
  catchUp(): void {
    for (const [homeId, feed] of this.#feeds) {
      this.#run(feed, homeId, async () => {
        const position = await currentPosition(this.deps.db, homeId);
        if (position !== undefined) await this.#fill(feed, homeId, position);
      });
    }
  }

  /**
   * Starts listening. `onJoined` runs at the exact place in the order where the listener stands: nothing after the
   * returned position has been emitted yet, everything up to it is in `missed` or older than `after`.
   */
  async join(homeId: number, after: number | undefined, onJoined: (joined: Joined) => void): Promise<void> {
    let feed = this.#feeds.get(homeId);
    if (feed === undefined) {
      feed = { last: undefined, tail: Promise.resolve(), listeners: 0 };
      this.#feeds.set(homeId, feed);
    }
    const joined = feed;
    joined.listeners += 1;
    await new Promise<void>((resolve, reject) => {
      this.#run(joined, homeId, async () => {
        try {
          onJoined(await this.#place(joined, homeId, after));
          resolve();
        } catch (error) {
          this.leave(homeId);
          reject(error);
        }
      });
    });
  }

  /** One listener less; the last one ends the feed. */
  leave(homeId: number): void {
    const feed = this.#feeds.get(homeId);
    if (feed === undefined) return;
    feed.listeners -= 1;
    if (feed.listeners <= 0) this.#feeds.delete(homeId);
  }

  async #place(feed: Feed, homeId: number, after: number | undefined): Promise<Joined> {
    const position = await currentPosition(this.deps.db, homeId);
    if (position === undefined) return { ok: false, reason: 'gone' };
    if (feed.last === undefined) feed.last = position;
    else await this.#fill(feed, homeId, position);
    if (after === undefined) return { ok: true, position: feed.last, missed: [] };
    if (after > feed.last || feed.last - after > replayMost) return { ok: false, reason: 'resync' };
    const missed = await readHomeEvents(this.deps.db, homeId, after, feed.last, replayMost);
    // Rows that were cleaned away leave a gap that no replay can fill.
    if (missed.length !== feed.last - after) return { ok: false, reason: 'resync' };
    return { ok: true, position: feed.last, missed };
  }

  async #advance(feed: Feed, event: HomeEvent): Promise<void> {
    if (feed.last === undefined || event.position <= feed.last) return;
    if (event.position > feed.last + 1) return this.#fill(feed, event.homeId, event.position);
    feed.last = event.position;
    this.emit(event);
  }

  async #fill(feed: Feed, homeId: number, upTo: number): Promise<void> {
    while (feed.last !== undefined && feed.last < upTo) {
      const events = await readHomeEvents(this.deps.db, homeId, feed.last, upTo, replayMost);
      if (events.length === 0) return;
      for (const event of events) {
        feed.last = event.position;
        this.emit(event);
      }
    }
  }

  #run(feed: Feed, homeId: number, work: () => Promise<void>): void {
    feed.tail = feed.tail.then(work).catch((error: unknown) => {
      this.deps.log.warn({ err: error, homeId }, 'home feed will catch up');
    });
  }
}
