import type { HomeListener, Live, LiveStatus } from './live-connection';

const again = 2_000;

/**
 * The page's live connection before its script has arrived, and after. Who watches meanwhile is handed over with the
 * position that the page was made for, so that nothing of the time between is missed.
 */
export class LaterConnection implements Live {
  private readonly statusListeners = new Set<() => void>();
  private readonly waiting = new Set<(connection: Live) => void>();
  private connection: Live | undefined;
  private isLoading = false;
  private early: LiveStatus = 'idle';

  /** @param load fetches the connection; called when a home is watched first, and again while it fails. */
  constructor(private readonly load: () => Promise<Live>) {}

  get status(): LiveStatus {
    return this.connection?.status ?? this.early;
  }

  onStatus(listener: () => void): () => void {
    this.statusListeners.add(listener);
    return () => this.statusListeners.delete(listener);
  }

  watch(homeId: number, cursor: string | undefined, listener: HomeListener): () => void {
    if (this.connection !== undefined) return this.connection.watch(homeId, cursor, listener);
    let stop: (() => void) | undefined;
    const begin = (connection: Live) => {
      stop = connection.watch(homeId, cursor, listener);
    };
    this.waiting.add(begin);
    if (!this.isLoading) void this.fetch();
    return () => {
      this.waiting.delete(begin);
      stop?.();
    };
  }

  private async fetch(): Promise<void> {
    this.isLoading = true;
    this.announce('connecting');
    try {
      const connection = await this.load();
      connection.onStatus(() => this.tell());
      this.connection = connection;
      for (const begin of this.waiting) begin(connection);
      this.waiting.clear();
    } catch {
      this.announce('lost');
      setTimeout(() => void this.fetch(), again);
    }
  }

  private announce(status: LiveStatus): void {
    this.early = status;
    this.tell();
  }

  private tell(): void {
    for (const listener of this.statusListeners) listener();
  }
}
