import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { commissionings, hubs } from '@/drizzle/schema';
import type { OpeningStatus } from '../contracts/locks';
import { connectMqtt } from '../mqtt/client';
import { type ShadowClient, shadowClientOver } from '../mqtt/shadow-client';
import { secretsFrom } from '../services/secrets';
import { getShadow } from '../services/shadows/get-shadow';
import { type Reply, send } from './api-client';
import { type Factory, makeFactory, type Person } from './factories';
import {
  type HubProcess,
  type MatterLockProcess,
  startHubProcess,
  startLockProcess,
} from './matter-processes';
import { settled } from './settled';
import { type System, startSystem } from './system';
import { until } from './until';

/** Three programs share a machine with everything else that it does. */
const patienceMs = 60_000;

type Home = { id: number; projectId: number };
type MadeHub = Awaited<ReturnType<Factory['hub']>>;

/** A home with a hub and a virtual Matter lock, two processes that speak real Matter, and the cloud in this one. */
export interface MatterHouse {
  system: System;
  factory: Factory;
  owner: Person;
  home: Home;
  /** The hub as the cloud knows it. */
  made: MadeHub;
  hub: HubProcess;
  lock: MatterLockProcess;
  /** Set by `pair`. */
  lockId: number;
  /** A call of the owner. */
  ask(method: string, where: string, body?: object): Promise<Reply>;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of answers
  status(): Promise<any>;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of answers
  door(): Promise<any>;
  open(): Promise<Reply>;
  /** The newest opening of the door once it has come to one of these. */
  settles(...statuses: [OpeningStatus, ...OpeningStatus[]]): ReturnType<typeof settled>;
  confirmed(): ReturnType<typeof settled>;
  /** What stands in the shadow of a thing. */
  // biome-ignore lint/suspicious/noExplicitAny: what stands in a shadow
  shadowOf(thing: string): Promise<any>;
  thingOfLock(): Promise<string>;
  /** Pairs by a code and waits for the end of it. */
  // biome-ignore lint/suspicious/noExplicitAny: bodies of answers
  pair(commissioningCode: string): Promise<any>;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of answers
  newestPairing(): Promise<any>;
  /** Tells the hub something and waits for what came of it. */
  // biome-ignore lint/suspicious/noExplicitAny: what stands in a shadow
  tell(command: string, args: object): Promise<any>;
  /** Puts a command into the shadow of the lock, as the cloud does for what pages cannot ask yet, and waits for its end. */
  // biome-ignore lint/suspicious/noExplicitAny: what stands in a shadow
  command(type: string, more?: (id: string, thing: string) => object): Promise<any>;
  cloud: ShadowClient;
  /** Prints what there is to know of a failure. */
  describe(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts all of it; nothing is paired yet. `hubEnv`: settings of the hub for a system, in place of its label and the secured
 * port of the broker.
 */
export async function startMatterHouse(
  hubEnv?: (system: System, made: MadeHub) => Promise<Record<string, string>>,
): Promise<MatterHouse> {
  const system = await startSystem({}, { hasTls: true });
  const factory = makeFactory(system);
  const owner = await factory.person((await factory.project()).id);
  const home = await factory.home(owner);
  // The family opens in turn: one person alone may not open so often.
  const openers = [owner];
  for (const name of ['Kim', 'Gus']) {
    const person = await factory.person(home.projectId, name);
    await factory.member(home.id, person, 'member');
    openers.push(person);
  }
  let opened = 0;
  const made = await factory.hub(home);
  const password = secretsFrom(system.secretsKey).servicePassword('test');
  const line = connectMqtt({ url: system.mqttUrl, clientId: 'svc:test', username: 'svc:test', password });
  const cloud = shadowClientOver(line);
  await cloud.start();
  await line.ready();
  const lock = await startLockProcess();
  const env = (await hubEnv?.(system, made)) ?? {
    HUB_URL: system.url,
    HUB_SERIAL: made.serial,
    HUB_CLAIM_CODE: made.claimCode,
  };
  const hub = await startHubProcess(env, [lock.port]);

  const ask: MatterHouse['ask'] = async (method, where, body) => {
    for (;;) {
      const reply = await send(system.url, method, where, { token: owner.token, ...(body && { body }) });
      if (reply.status !== 429) return reply;
      // Whoever looks for long looks too often.
      await delay(Number(reply.headers.get('retry-after')) * 1_000);
    }
  };
  const status = async () => (await ask('GET', `/hubs/${made.id}/status`)).body;
  const newestPairing = async () =>
    (await ask('GET', `/hubs/${made.id}/commissionings`)).body.items[0] ?? undefined;
  const shadowOf: MatterHouse['shadowOf'] = async (thing) => {
    const answer = await getShadow(factory.deps, { thing, name: '' }, {});
    return answer.ok ? answer.accepted.state : {};
  };
  const saidBy = async (thing: string) => (await shadowOf(thing)).reported?.command;

  const house: MatterHouse = {
    ...{ system, factory, owner, home, made, hub, lock, lockId: 0, cloud },
    ...{ ask, status, shadowOf, newestPairing },
    door: async () => (await ask('GET', `/locks/${house.lockId}`)).body,
    open() {
      const { token } = openers[opened % openers.length] as Person;
      opened += 1;
      const body = { requestId: randomUUID() };
      return send(system.url, 'POST', `/locks/${house.lockId}/OpenLock`, { token, body });
    },
    settles: (...statuses) => settled(system.url, owner.token, house.lockId, ...statuses),
    confirmed: () => house.settles('confirmed'),
    thingOfLock: async () => `lock-${(await ask('GET', `/locks/${house.lockId}/basic-info`)).body.uuid}`,
    async pair(commissioningCode) {
      const body = { hubId: made.id, commissioningCode };
      const reply = await ask('POST', `/hubs/${made.id}/CommissionDevice`, body);
      if (reply.status !== 200) throw new Error(`pairing was answered ${reply.status}`);
      const attempt = await until(async () => {
        const newest = await newestPairing();
        return ['succeeded', 'failed', 'expired'].includes(newest.status) ? newest : undefined;
      }, patienceMs);
      if (attempt.lockId !== undefined) house.lockId = attempt.lockId;
      return attempt;
    },
    async tell(command, args) {
      const before = (await saidBy(made.thing))?.id;
      const reply = await ask('POST', `/hubs/${made.id}/SendHubCommand`, { hubId: made.id, command, args });
      if (reply.status !== 200) throw new Error(`a command of the hub was answered ${reply.status}`);
      return until(async () => {
        const said = await saidBy(made.thing);
        return said?.id !== before && said?.state !== 'accepted' ? said : undefined;
      }, patienceMs);
    },
    async command(type, more = () => ({})) {
      const thing = await house.thingOfLock();
      const id = randomUUID();
      const now = Date.now();
      const desired = {
        command: { id, type, issuedAt: now, expiresAt: now + 30_000, pin: null, ...more(id, thing) },
      };
      const answer = await cloud.update(thing, { desired }, id, 10_000);
      if (answer.kind !== 'accepted')
        throw new Error(`the shadow has not taken a command: ${JSON.stringify(answer)}`);
      return until(async () => {
        const said = await saidBy(thing);
        return said?.id === id && said.state !== 'accepted' ? said : undefined;
      }, patienceMs);
    },
    async describe() {
      const { reported, desired } = await shadowOf(made.thing);
      const [row] = await factory.deps.db.select().from(hubs).where(eq(hubs.id, made.id));
      const attempts = await factory.deps.db
        .select()
        .from(commissionings)
        .where(eq(commissionings.hubId, made.id));
      const { status: state, info } = row ?? {};
      const text = JSON.stringify({ reported, desired, state, info, attempts }, null, 2);
      process.stderr.write(`the hub: ${text}\nthe hub said last:\n${hub.output().slice(-6_000)}\n`);
      process.stderr.write(
        `the lock: ${JSON.stringify(await lock.view())}\nsaid last:\n${lock.output().slice(-3_000)}\n`,
      );
    },
    async stop() {
      await hub.stop();
      await lock.stop();
      await line.end();
      await factory.end();
      await system.stop();
    },
  };
  await until(async () => (await status()).online === true, patienceMs);
  return house;
}
