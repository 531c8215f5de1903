import type { Revocation } from '../bus/bus';
import type { UserPrincipal } from '../domain/principal';
import type { HomeEvent } from '../event-store/outbox';
import type { Deps } from '../services/deps';
import { areAlive } from '../services/user-session/are-alive';
import { homesHeardBy } from '../services/user-session/listen';
import { HomeFeeds } from './feeds';
import type { RawSocket } from './raw-socket';

const socketsPerUser = 10;
/** What an announcement that got lost would have told is looked up this often. */
const recheckEveryMs = 60_000;

/** What a socket wants of what its person hears; a part that is absent narrows nothing. */
export interface Wanted {
  homeId?: number | undefined;
  /** Events that this device told, or that are about it. */
  deviceId?: number | undefined;
}

interface Listening {
  /** The session that it came by. */
  sessionId: string;
  wanted: Wanted;
}

interface Person {
  userId: number;
  /** Oldest first. */
  sockets: Map<RawSocket, Listening>;
  homes: Set<number>;
  /** Grows when a home is taken away: a look at the database from before that no longer counts. */
  taken: number;
}

/** Judges who wants an event, which is read once at most, and not at all while nobody names a device. */
function judgeOf(event: HomeEvent): (wanted: Wanted) => boolean {
  let told: { originDeviceId?: unknown } | undefined;
  return ({ homeId, deviceId }) => {
    if (homeId !== undefined && homeId !== event.homeId) return false;
    if (deviceId === undefined) return true;
    told ??= event.payload as { originDeviceId?: unknown };
    return told.originDeviceId === deviceId;
  };
}

/** Sockets of people, who hear every event of every home that they are in (mode-api 6.3). */
export class HomeListeners {
  readonly #people = new Map<number, Person>();
  /** Who hears a home, and the moment its feed stands. */
  readonly #homes = new Map<number, { people: Set<Person>; joined: Promise<void> }>();
  readonly #feeds: HomeFeeds;
  readonly #offs: (() => unknown)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #news = 0;

  constructor(private readonly deps: Deps) {
    this.#feeds = new HomeFeeds(deps, (event) => this.#tell(event));
  }

  async start(): Promise<void> {
    const { bus } = this.deps;
    this.#offs.push(
      await bus.onHomeEvent((event) => {
        this.#feeds.take(event);
        if (event.topic !== 'member') return;
        this.#news += 1;
        this.#reread(this.#concerned(event));
      }),
      await bus.onJoined((userId) => {
        this.#news += 1;
        this.#reread([userId]);
      }),
      await bus.onRevocation((what) => {
        this.#news += 1;
        this.#revoke(what);
      }),
      bus.onReconnect(() => {
        this.#feeds.catchUp();
        this.#recheck();
      }),
    );
    this.#timer = setInterval(() => this.#recheck(), recheckEveryMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    for (const off of this.#offs) await off();
  }

  /** Number of changes to anybody's rights heard of so far; to be taken before a newcomer's rights are looked up. */
  get news(): number {
    return this.#news;
  }

  /** Resolves when everything told in these homes from now on will reach the socket. */
  async add(
    socket: RawSocket,
    { userId, sessionId }: UserPrincipal,
    homeIds: readonly number[],
    newsBefore: number,
    wanted: Wanted = {},
  ): Promise<void> {
    let person = this.#people.get(userId);
    if (person === undefined) {
      person = { userId, sockets: new Map(), homes: new Set(), taken: 0 };
      this.#people.set(userId, person);
    }
    person.sockets.set(socket, { sessionId, wanted });
    const [oldest] = person.sockets.keys();
    if (person.sockets.size > socketsPerUser && oldest !== undefined) {
      person.sockets.delete(oldest);
      oldest.close('replaced');
    }
    await Promise.all(homeIds.map((homeId) => this.#join(person, homeId)));
    if (this.#news !== newsBefore) this.#recheck([person]);
  }

  remove(socket: RawSocket, { userId }: UserPrincipal): void {
    const person = this.#people.get(userId);
    if (person?.sockets.delete(socket) !== true || person.sockets.size > 0) return;
    for (const homeId of [...person.homes]) this.#leave(person, homeId);
    this.#people.delete(userId);
  }

  #tell(event: HomeEvent): void {
    const { homeId, topic } = event;
    if (topic !== 'event') return;
    const home = this.#homes.get(homeId);
    if (home === undefined) return;
    const text = Buffer.from(event.body ?? JSON.stringify(event.payload));
    const isWanted = judgeOf(event);
    for (const person of home.people)
      for (const [socket, { wanted }] of person.sockets) if (isWanted(wanted)) socket.send(text);
  }

  async #join(person: Person, homeId: number): Promise<void> {
    let home = this.#homes.get(homeId);
    if (home === undefined) {
      const people = new Set<Person>();
      const joined = this.#feeds.join(homeId, undefined, () => {});
      home = { people, joined };
      this.#homes.set(homeId, home);
      // Without its feed the home is nobody's; the next look joins it again.
      joined.catch(() => {
        for (const one of people) one.homes.delete(homeId);
        this.#homes.delete(homeId);
      });
    }
    person.homes.add(homeId);
    home.people.add(person);
    await home.joined;
  }

  #leave(person: Person, homeId: number): void {
    person.homes.delete(homeId);
    const home = this.#homes.get(homeId);
    home?.people.delete(person);
    if (home === undefined || home.people.size > 0) return;
    this.#homes.delete(homeId);
    home.joined.then(
      () => this.#feeds.leave(homeId),
      () => {},
    );
  }

  #revoke(what: Revocation): void {
    if (what.kind === 'session') {
      for (const { sockets } of this.#people.values()) {
        for (const [socket, { sessionId }] of sockets) if (sessionId === what.id) socket.close('revoked');
      }
    } else if (what.kind === 'member') {
      const person = this.#people.get(what.userId);
      if (person !== undefined) this.#takeAway(person, what.homeId);
    } else if (what.kind === 'home') {
      for (const person of this.#homes.get(what.homeId)?.people ?? []) this.#takeAway(person, what.homeId);
    }
  }

  #takeAway(person: Person, homeId: number): void {
    person.taken += 1;
    this.#leave(person, homeId);
  }

  /** People here whom a line about members may be about; all of them when it names nobody. */
  #concerned({ payload }: HomeEvent): number[] {
    const userId = (payload as { userId?: unknown } | null)?.userId;
    return typeof userId === 'number' ? [userId] : [...this.#people.keys()];
  }

  /** Looks up which homes these people are in now. */
  #reread(userIds: readonly number[]): void {
    const people = userIds.flatMap((userId) => this.#people.get(userId) ?? []);
    if (people.length === 0) return;
    const before = people.map(({ taken }) => taken);
    homesHeardBy(
      this.deps,
      people.map(({ userId }) => userId),
    )
      .then(async (heard) => {
        for (const [index, person] of people.entries()) {
          if (this.#people.get(person.userId) !== person) continue;
          if (person.taken !== before[index]) {
            this.#reread([person.userId]);
            continue;
          }
          const homes = heard.get(person.userId) ?? new Set();
          for (const homeId of person.homes) if (!homes.has(homeId)) this.#leave(person, homeId);
          for (const homeId of homes) if (!person.homes.has(homeId)) await this.#join(person, homeId);
        }
      })
      .catch((error: unknown) => this.deps.log.warn({ err: error }, 'memberships will be looked up again'));
  }

  /** Sessions that have ended and memberships that have changed without our hearing of it. */
  #recheck(people: readonly Person[] = [...this.#people.values()]): void {
    this.#reread(people.map(({ userId }) => userId));
    const sessions = new Set(
      people.flatMap(({ sockets }) => [...sockets.values()].map(({ sessionId }) => sessionId)),
    );
    areAlive(this.deps, [...sessions]).then(
      (alive) => {
        for (const [socket, { sessionId }] of people.flatMap(({ sockets }) => [...sockets])) {
          if (sessions.has(sessionId) && !alive.has(sessionId)) socket.close('revoked');
        }
      },
      (error: unknown) => this.deps.log.warn({ err: error }, 'sessions will be looked up again'),
    );
  }
}
