import { randomUUID } from 'node:crypto';
import { parseJson } from '../domain/json';
import { type FollowedDocument, readFollowed, touchedBetween, touchedSince } from '../domain/shadow/followed';
import { parseShadowTopic, shadowPrefix } from '../domain/topics';
import type { MqttConnection, MqttMessage } from '../mqtt/client';
import type { Deps } from '../services/deps';
import type { ReportKind } from '../services/locks/record-report';
import type { EndedCommand } from '../services/openings/commands-to-withdraw';
import { followReport } from '../services/shadows/follow-report';
import { type Followed, listFollowed } from '../services/shadows/list-followed';
import { withdrawByRequest } from '../services/shadows/withdraw-by-request';
import { Lanes } from './lanes';

const documentsFilter = `${shadowPrefix({ thing: '+', name: '' })}/update/documents`;
const answerMs = 5_000;

/**
 * The bridge of AWS mode (device-shadow, modes): an ordinary client that follows what the shadow service tells, and takes
 * commands back by requests. It answers nothing.
 */
export class ShadowFollower {
  readonly #lanes = new Lanes();
  /** Newest version of each thing that was taken in; what comes below it is late or doubled. */
  readonly #versions = new Map<string, number>();
  readonly #offs: (() => unknown)[] = [];
  #isRunning = false;
  #catchingUp: Promise<void> = Promise.resolve();

  constructor(
    private readonly deps: Deps,
    private readonly connection: MqttConnection,
  ) {}

  async start(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#offs.push(await this.connection.subscribe(documentsFilter, (message) => this.#take(message)));
    // What was reported while nobody listened stands in the shadows.
    this.#offs.push(
      this.connection.onConnect(() => {
        this.#catchingUp = this.#catchingUp.then(() => this.#catchUp());
      }),
    );
  }

  /** The database is away: what is told meanwhile is read from the shadows at the next start. */
  suspend(): void {
    void this.stop();
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    for (const off of this.#offs.splice(0)) await off();
    await this.#catchingUp;
    await this.#lanes.idle();
  }

  /** Takes a command that has ended out of its lock's shadow, in the order of that lock's reports. */
  withdraw(command: EndedCommand): Promise<void> {
    return this.#lanes.run(`withdraw ${command.thing}`, () => withdrawByRequest(this.deps, command));
  }

  #take({ topic, payload }: MqttMessage): void {
    const parsed = parseShadowTopic(topic);
    const read = parseJson(payload.toString());
    if (parsed?.answer !== 'documents' || parsed.name !== '' || parsed.hasBadName || !read.ok) return;
    const { previous, current } = (read.value ?? {}) as { previous?: never; current?: never };
    const after = readFollowed(current);
    if (after === undefined) return;
    const { thing } = parsed;
    const kind = after.version > (this.#versions.get(thing) ?? 0) ? 'new' : 'late';
    if (kind === 'new') this.#versions.set(thing, after.version);
    this.#report(thing, touchedBetween(readFollowed(previous), after), kind);
  }

  #report(thing: string, reported: FollowedDocument['reported'], kind: ReportKind): void {
    if (Object.keys(reported).length === 0) return;
    void this.#lanes.run(thing, async () => {
      try {
        for (const command of await followReport(this.deps, thing, reported, kind)) {
          this.withdraw(command).catch((error: unknown) =>
            this.deps.log.warn({ err: error }, 'withdrawal will be tried again'),
          );
        }
      } catch (error) {
        this.deps.log.error({ err: error, thing }, 'a report could not be taken in');
      }
    });
  }

  async #catchUp(): Promise<void> {
    try {
      for (const followed of await listFollowed(this.deps)) {
        if (!this.#isRunning || !this.connection.isConnected) return;
        await this.#readShadow(followed);
      }
    } catch (error) {
      this.deps.log.warn({ err: error }, 'shadows could not be read after a reconnect');
    }
  }

  async #readShadow({ thing, reportedAt }: Followed): Promise<void> {
    const request = { clientToken: randomUUID() };
    const reply = await this.deps.shadow.request({ thing, name: '' }, 'get', request, answerMs);
    if (reply.kind !== 'accepted') return;
    const read = parseJson(JSON.stringify(reply.document));
    const document = read.ok ? readFollowed(read.value) : undefined;
    if (document === undefined || document.version <= (this.#versions.get(thing) ?? 0)) return;
    this.#versions.set(thing, document.version);
    const seconds = reportedAt === null ? 0 : Math.floor(reportedAt.getTime() / 1_000);
    this.#report(thing, touchedSince(document, seconds), 'state');
  }
}
