import postgres from 'postgres';

/** Advisory locks of the bridges. */
export const bridgeLocks = {
  /** Held by the one bridge that does what must be done once. */
  leader: 7_274_823_903,
  /** Held by whoever answers shadow requests: alone, or together by those that share the filters. */
  answering: 7_274_823_904,
} as const;

export interface WantedLock {
  lock: number;
  isShared?: boolean;
}

interface Term {
  /** Resolves when the connection that holds the locks ends. */
  lost: Promise<void>;
  end(): Promise<void>;
}

/** What is done while the locks are held. */
export interface Duties {
  begin(): Promise<void>;
  /** Called when the locks are lost, and at the end. */
  end(): Promise<void>;
  /** Somebody else holds what is wanted. */
  onOtherHolds(): Promise<void>;
}

const retryMs = 250;

async function holdLocks(
  url: string,
  wanted: readonly WantedLock[],
  isStopping: () => boolean,
  onOtherHolds: () => Promise<void>,
): Promise<Term | undefined> {
  while (!isStopping()) {
    let onLost = () => {};
    const lost = new Promise<void>((resolve) => {
      onLost = resolve;
    });
    const client = postgres(url, {
      max: 1,
      fetch_types: false,
      idle_timeout: 0,
      max_lifetime: null,
      onnotice: () => {},
      onclose: () => onLost(),
      connection: { application_name: 'latchkey-bridge-leader' },
    });
    try {
      let areHeld = true;
      for (const { lock, isShared } of wanted) {
        const [row] = isShared
          ? await client<{ held: boolean }[]>`select pg_try_advisory_lock_shared(${lock}) as held`
          : await client<{ held: boolean }[]>`select pg_try_advisory_lock(${lock}) as held`;
        areHeld &&= row?.held === true;
        if (!areHeld) break;
      }
      if (areHeld) return { lost, end: () => client.end({ timeout: 1 }) };
      await onOtherHolds();
    } catch {
      // The database is away: try again below.
    }
    await client.end({ timeout: 1 });
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
  return undefined;
}

/** Does its duties whenever it holds the locks, which PostgreSQL takes from a process that dies. */
export class Terms {
  #isStopping = false;
  #term: Term | undefined;
  #running: Promise<void> = Promise.resolve();
  #starting: Promise<void> = Promise.resolve();

  constructor(
    private readonly url: string,
    private readonly wanted: readonly WantedLock[],
    private readonly duties: Duties,
  ) {}

  /** Resolves when the first term has begun, or when it was stopped before. */
  start(): Promise<void> {
    this.#starting = this.#begin().then(() => {
      this.#running = this.#keep();
    });
    return this.#starting;
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#starting;
    await this.#end();
    await this.#running;
    // One may have begun while the one before it was ending.
    await this.#end();
  }

  async #end(): Promise<void> {
    const term = this.#term;
    this.#term = undefined;
    if (term === undefined) return;
    await this.duties.end();
    await term.end();
  }

  async #begin(): Promise<void> {
    this.#term = await holdLocks(
      this.url,
      this.wanted,
      () => this.#isStopping,
      () => this.duties.onOtherHolds(),
    );
    if (this.#term !== undefined) await this.duties.begin();
  }

  async #keep(): Promise<void> {
    while (this.#term !== undefined) {
      const term = this.#term;
      await term.lost;
      if (this.#isStopping) return;
      await this.duties.end();
      await term.end();
      this.#term = undefined;
      await this.#begin();
    }
  }
}
