import { randomInt, randomUUID } from 'node:crypto';
import { asc, eq, like } from 'drizzle-orm';
import { pino } from 'pino';
import {
  deviceClasses,
  devices,
  hubs,
  lockGrants,
  locks,
  openings,
  passkeys,
  rateCounts,
  staffAccounts,
  staffSessions,
} from '@/drizzle/schema';
import type { Bus } from '../bus/bus';
import type { keyPermissions } from '../contracts/project-words';
import { openDatabase } from '../db/client';
import { always, type Window } from '../domain/access/window';
import type { Keypad } from '../domain/lock/pin';
import type { Role } from '../domain/permissions';
import { makePinKey, pinKeyOf } from '../hub-agent/hub/pin-key';
import { startVirtualLock } from '../hub-agent/virtual-lock/lock';
import { createSession } from '../services/auth/create-session';
import { type Deps, systemClock } from '../services/deps';
import { type CreatedDevice, createDevices } from '../services/devices/create-devices';
import { addHome } from '../services/homes/add-home';
import { addMember } from '../services/homes/add-member';
import { createHub } from '../services/hubs/create-hub';
import { createOrgKey } from '../services/keys/create-org-key';
import { createProjectKey } from '../services/keys/create-project-key';
import { type CreatedLock, createLock } from '../services/locks/create-lock';
import { createDeviceClass } from '../services/projects/create-device-class';
import { createProject, type ProjectRow } from '../services/projects/create-project';
import { hashToken, randomKey, secretsFrom } from '../services/secrets';
import type { StaffRow } from '../services/staff/account';
import { addAccount } from '../services/staff/add-account';
import { operator } from '../services/staff/operator';
import { newTotpSecret } from '../services/staff/totp';
import { addUser } from '../services/users/add-user';
import type { UserRow } from '../services/users/view';
import { clientAddress } from './api-client';
import { type KeypadByHand, playKeypad } from './keypad-by-hand';
import { until } from './until';
import { startVirtualHub } from './virtual-hub';

export interface Person {
  user: UserRow;
  token: string;
  sessionId: string;
}

export interface Staff {
  account: StaffRow;
  /** Of the authenticator. */
  secret: Buffer;
  /** Of the session. */
  token: string;
  sessionId: string;
  /** How a page of ours sends a request of theirs. */
  caller: { headers: Record<string, string> };
}

const silentBus: Bus = {
  announce: () => {},
  revoke: () => {},
  onHomeEvent: async () => async () => {},
  tellDevice: () => {},
  onDeviceMessage: async () => async () => {},
  tellJoined: () => {},
  onJoined: async () => async () => {},
  onRevocation: async () => async () => {},
  onReconnect: () => () => {},
};

/** Mints what a test needs straight into the database of a running system. */
export function makeFactory(system: { databaseUrl: string; mqttUrl: string; secretsKey: string }) {
  const database = openDatabase({ url: system.databaseUrl, applicationName: 'latchkey-factory', max: 4 });
  const deps: Deps = {
    db: database.db,
    bus: silentBus,
    shadow: {
      isConnected: false,
      update: async () => ({ kind: 'unsent' }),
      request: async () => ({ kind: 'unsent' }),
      tell: () => {},
    },
    clock: systemClock,
    log: pino({ level: 'silent' }),
    secrets: secretsFrom(system.secretsKey),
    messaging: { origin: 'http://localhost', hasMail: false, hasSms: false },
  };
  const email = () => `${randomUUID()}@example.com`;
  return {
    deps,
    end: () => database.end(),
    email,
    /** A number that nobody has yet. */
    phone: () => `+4790${String(randomInt(0, 10 ** 8)).padStart(8, '0')}`,
    project: (
      accountType: ProjectRow['accountType'] = 'email',
      provisioning: ProjectRow['provisioning'] = 'pre',
    ): Promise<ProjectRow> => createProject(deps, { name: 'Test project', accountType, provisioning }),
    /** A verified person with a session; no password is hashed unless one is given. */
    async person(projectId: number, name = 'Kim', password?: string): Promise<Person> {
      const user = await addUser(deps, {
        projectId,
        email: email(),
        name,
        verified: true,
        ...(password === undefined ? {} : { password }),
      });
      return { user, ...(await createSession(deps.db, user.id, 'controller_app', new Date())) };
    },
    /** One more session of somebody, of an app or of the web (`dashboard`). */
    session: (person: Person, appId = 'controller_app') =>
      createSession(deps.db, person.user.id, appId, new Date()),
    /** Starts the counts of one kind of attempt anew, for requests of this test file. */
    forgetAttempts: async (kind: 'login' | 'sign-up' | 'send from') => {
      await deps.db.delete(rateCounts).where(like(rateCounts.subject, `${kind} %${clientAddress}`));
    },
    /** Openings of a lock as they are stored, oldest first. */
    openings: (lockId: number) =>
      deps.db.select().from(openings).where(eq(openings.lockId, lockId)).orderBy(asc(openings.createdAt)),
    home: (person: Person, name = 'Home') =>
      addHome(deps, { projectId: person.user.projectId, name, ownerId: person.user.id }),
    member: (homeId: number, person: Person, role: Role) => addMember(deps, homeId, person.user.id, role),
    /** A right of somebody to open a lock; without a window it always counts. Returns its id. */
    async grant(lockId: number, person: Person, window: Partial<Window> = {}): Promise<string> {
      const id = randomUUID();
      const by = { grantedByKind: 'user', grantedById: '0', grantedByName: 'test' };
      const given = { id, lockId, userId: person.user.id, ...always, ...window, ...by };
      await deps.db.insert(lockGrants).values({ ...given, createdAt: new Date() });
      return id;
    },
    lock: (homeId: number, name = 'Front door') => createLock(deps, { homeId, name }),
    /** Puts a lock behind a hub that takes PIN codes, and plays what the hub says of them. */
    async keypad(
      lock: Pick<CreatedLock, 'id' | 'thing'>,
      hubId: string,
      keypad: Partial<Keypad> = {},
    ): Promise<KeypadByHand> {
      const key = pinKeyOf(makePinKey());
      const known = { takesPins: true, takesSchedules: true, slots: 10, minLength: 4, maxLength: 8 };
      await deps.db.update(hubs).set({ pinKey: key.publicKey }).where(eq(hubs.id, hubId));
      await deps.db
        .update(locks)
        .set({ hubId, keypad: { ...known, ...keypad } })
        .where(eq(locks.id, lock.id));
      return playKeypad(deps, lock.thing, key);
    },
    /** Takes all passkeys of a person away. */
    forgetPasskeys: async (person: Person) => {
      await deps.db.delete(passkeys).where(eq(passkeys.userId, person.user.id));
    },
    /** What a lock asks of people, by day, by night and from away. */
    setGesture: async (
      lockId: number,
      rule: Partial<
        Pick<
          typeof locks.$inferInsert,
          'gesture' | 'nightGesture' | 'nightFromMinute' | 'nightUntilMinute' | 'remoteGesture'
        >
      >,
    ) => {
      await deps.db.update(locks).set(rule).where(eq(locks.id, lockId));
    },
    deviceClass: (projectId: number, classId = 'smart_light') =>
      createDeviceClass(deps, { projectId, classId, description: 'A lamp' }),
    /** A pre-provisioned device with its key and claim code, in a home when one is named; its class is made when missing. */
    async device(projectId: number, homeId?: number, deviceClass = 'smart_light'): Promise<CreatedDevice> {
      await deps.db.insert(deviceClasses).values({ projectId, classId: deviceClass }).onConflictDoNothing();
      const [made] = await createDevices(deps, { projectId, deviceClass, count: 1 });
      if (made === undefined) throw new Error('no device was made');
      if (homeId !== undefined) {
        await deps.db.update(devices).set({ homeId }).where(eq(devices.id, made.id));
      }
      return made;
    },
    hub: (home: { id: number; projectId: number }) =>
      createHub(deps, { projectId: home.projectId, homeId: home.id, serial: randomUUID() }),
    /** A hub on the wire, heard of already. */
    async virtualHub(hub: { id: string; thing: string; mqtt: { password: string } }) {
      const running = await startVirtualHub(system.mqttUrl, hub);
      await until(async () => {
        const [row] = await deps.db.select().from(hubs).where(eq(hubs.id, hub.id));
        return row?.reachable === true;
      });
      return running;
    },
    /** A member of staff with an authenticator, and a session of the web whose second factor is proved. */
    async staff(
      role: 'support' | 'admin',
      projects: readonly number[] | 'all',
      password?: string,
    ): Promise<Staff> {
      const wanted = { email: email(), name: `Staff ${randomUUID().slice(0, 8)}`, role, projects, password };
      const { account } = await addAccount(deps, operator, wanted);
      const secret = newTotpSecret();
      await deps.db
        .update(staffAccounts)
        .set({ sealedTotp: deps.secrets.seal(secret) })
        .where(eq(staffAccounts.id, account.id));
      const now = new Date();
      const token = randomKey();
      const times = { createdAt: now, provedAt: now, lastSeenAt: now };
      const sessionId = randomUUID();
      await deps.db.insert(staffSessions).values({
        id: sessionId,
        accountId: account.id,
        tokenHash: hashToken(token),
        ...times,
        expiresAt: new Date(now.getTime() + 3_600_000),
      });
      const headers = { cookie: `latchkey.staff=${token}`, 'sec-fetch-site': 'same-origin' };
      return { account, secret, token, sessionId, caller: { headers } };
    },
    orgKey: (projectId?: number) => createOrgKey(deps, projectId),
    projectKey: (
      projectId: number,
      permissions: (typeof keyPermissions)[number][] = ['commands', 'events'],
    ) => createProjectKey(deps, { projectId, name: 'integration', permissions }),
    /** An instant lock on the wire, heard of already: what it says first of itself overwrites nothing that a test sets. */
    async virtualLock(lock: CreatedLock, options: { boltMs?: number; stateFile?: string } = {}) {
      const startedAt = new Date();
      const running = await startVirtualLock({
        url: system.mqttUrl,
        thing: lock.thing,
        password: lock.mqtt.password,
        boltMs: 0,
        log: pino({ level: 'silent' }),
        ...options,
      });
      await running.ready();
      await until(async () => {
        const [row] = await deps.db.select().from(locks).where(eq(locks.id, lock.id));
        return row?.reportedAt != null && row.reportedAt >= startedAt;
      });
      return running;
    },
  };
}
export type Factory = ReturnType<typeof makeFactory>;
