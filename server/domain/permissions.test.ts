import { describe, expect, it } from 'vitest';
import { operations } from '../contracts/registry';
import { expectedAtDoor, expectedVerdicts, type Kind } from '../testing/expected-permissions';
import { authorise, type Facts, type Role, verdict } from './permissions';
import { anonymous, type Principal } from './principal';

const ours = 1;
const elsewhere = 2;
const person = (userId: number, projectId = ours): Principal => ({
  kind: 'user',
  userId,
  sessionId: `s${userId}`,
  projectId,
  appId: 'controller_app',
  name: `user ${userId}`,
});
const projectKey = (permissions: string[], projectId = ours): Principal => ({
  kind: 'projectKey',
  keyId: 1,
  projectId,
  name: 'integration',
  permissions,
});

const staff = (
  accountId: number,
  role: 'support' | 'admin',
  projects: readonly number[] | 'all',
): Principal => ({
  kind: 'staff',
  accountId,
  sessionId: `t${accountId}`,
  name: `staff ${accountId}`,
  role,
  projects,
});

const hubOfOurs = 'hub-6b1c0d2e-0000-4000-8000-000000000000';
const principals = {
  anonymous,
  homeless: person(10),
  owner: person(11),
  member: person(12),
  guest: person(13),
  removed: person(14),
  ownerOfB: person(15),
  userElsewhere: person(20, elsewhere),
  device: { kind: 'device', deviceId: 5, projectId: ours },
  key: projectKey([]),
  keyCommands: projectKey(['commands']),
  keyEvents: projectKey(['events']),
  keyKv: projectKey(['kv']),
  keyByou: projectKey(['byou']),
  keyAdmin: projectKey(['admin']),
  keyElsewhere: projectKey(['commands', 'events', 'kv', 'byou', 'admin'], elsewhere),
  orgKey: { kind: 'orgKey', keyId: 'a', projectId: ours },
  orgKeyElsewhere: { kind: 'orgKey', keyId: 'b', projectId: elsewhere },
  service: { kind: 'service', projectId: ours, orgId: 'uuid-1' },
  serviceElsewhere: { kind: 'service', projectId: elsewhere, orgId: 'uuid-2' },
  superKey: { kind: 'superKey', keyId: 'c' },
  guestLink: { kind: 'guestLink', linkId: 'd' },
  support: staff(1, 'support', [ours]),
  supportElsewhere: staff(2, 'support', [elsewhere]),
  admin: staff(3, 'admin', [ours]),
  adminOfAll: staff(4, 'admin', 'all'),
  thing: { kind: 'thing', name: hubOfOurs },
} satisfies Record<string, Principal>;
type Name = keyof typeof principals;

/** Places of our people in the two homes; an account that is not named here has none. */
const rolesInA: Partial<Record<Name, Role>> = { owner: 'owner', member: 'member', guest: 'guest' };
const rolesInB: Partial<Record<Name, Role>> = { ownerOfB: 'owner' };

const homesOf = (name: Name): Facts[] => [
  { exists: true, projectId: ours, role: rolesInA[name], deactivated: false },
  { exists: true, projectId: ours, role: rolesInA[name], deactivated: true },
  { exists: true, projectId: ours, role: rolesInB[name], deactivated: false },
  { exists: true, projectId: elsewhere, role: undefined, deactivated: false },
  { exists: false },
];
const devicesInHomes = [5, 5, 6, 7, 999];

/** The objects of each kind, in the order of the table's columns. */
const objects: Record<Kind, (name: Name) => Facts[]> = {
  nothing: () => [{}],
  home: homesOf,
  device: (name) =>
    homesOf(name).map((facts, index) => ({ ...facts, subjectDeviceId: devicesInHomes[index] ?? 0 })),
  claim: (name) => [...homesOf(name), { exists: true, projectId: null }],
  thing: (name) => [
    { exists: true, projectId: ours, subjectThing: hubOfOurs },
    { exists: true, projectId: ours, subjectThing: 'device-5', isDeviceThing: true },
    { exists: true, projectId: ours, subjectThing: 'lock-b', isBehindCaller: name === 'thing' },
    { exists: true, projectId: elsewhere, subjectThing: 'lock-x' },
    { exists: false, subjectThing: 'none' },
  ],
  addition: (name) => [...homesOf(name), { hasToken: true }],
  hub: (name) => [
    { exists: true, projectId: ours, role: rolesInA[name] },
    { exists: true, projectId: elsewhere, role: rolesInA[name] },
    { exists: false, role: rolesInA[name] },
    { exists: true, projectId: null, role: rolesInA[name] },
  ],
  'staff-account': () => [
    { exists: true, staffProjects: [ours] },
    { exists: true, staffProjects: [ours, elsewhere] },
    { exists: true, staffProjects: [elsewhere] },
    { exists: true, staffProjects: 'all' },
    { exists: true, staffProjects: [] },
    { exists: false },
  ],
  user: () => [
    { exists: true, projectId: ours, subjectUserId: 11 },
    { exists: true, projectId: ours, subjectUserId: 16 },
    { exists: true, projectId: elsewhere, subjectUserId: 21 },
    { exists: false, subjectUserId: 999 },
  ],
  project: () => [
    { projectId: ours, isByou: false },
    { projectId: ours, isByou: true },
    { projectId: elsewhere, isByou: false },
    { projectId: elsewhere, isByou: true },
  ],
};

const letters = {
  A: 'allow',
  D: 'deny',
  M: 'members-only',
  N: 'not-found',
  U: 'unauthenticated',
} as const;

describe('who may do what', () => {
  it('has rows for every operation of the registry and for no other', () => {
    expect(Object.keys(expectedVerdicts).sort()).toEqual(Object.keys(operations).sort());
  });

  it.each(Object.entries(expectedVerdicts))(
    '%s: every principal at every object',
    (operation, { of, rows }) => {
      const seen: string[] = [];
      for (const line of rows.trim().split('\n')) {
        const [verdicts = '', names = ''] = line.split('|').map((part) => part.trim());
        for (const name of names.split(/ +/) as Name[]) {
          seen.push(name);
          const told = objects[of](name).map((facts) =>
            verdict(operation as keyof typeof expectedVerdicts, principals[name], facts),
          );
          const wanted = [...verdicts].map((letter) => letters[letter as keyof typeof letters]);
          expect({ name, told }).toEqual({ name, told: wanted });
        }
      }
      expect(seen.sort()).toEqual(Object.keys(principals).sort());
    },
  );

  it('denies by default: without a known object nobody but the super key may use a home, a device or a lock', () => {
    for (const [operation, { of }] of Object.entries(expectedVerdicts)) {
      if (of !== 'home' && of !== 'claim' && of !== 'device' && of !== 'addition') continue;
      for (const [name, principal] of Object.entries(principals)) {
        if (name === 'superKey') continue;
        const told = verdict(operation as keyof typeof expectedVerdicts, principal, {});
        expect({ operation, name, isAllowed: told === 'allow' }).toEqual({
          operation,
          name,
          isAllowed: false,
        });
      }
    }
  });

  describe('at one door', () => {
    const at = (deactivated: boolean): Facts => ({ exists: true, projectId: ours, deactivated });
    const guest: Facts = { role: 'guest' };
    const ended: Facts = { standing: { state: 'expired' } };
    const link = principals.guestLink;
    const places: Record<string, { principal: Principal; facts: Facts }> = {
      guestInWindow: { principal: principals.guest, facts: { ...guest, standing: { state: 'open' } } },
      guestOutOfWindow: {
        principal: principals.guest,
        facts: { ...guest, standing: { state: 'outside-window' } },
      },
      guestGrantEnded: { principal: principals.guest, facts: { ...guest, ...ended } },
      guestGrantAhead: {
        principal: principals.guest,
        facts: { ...guest, standing: { state: 'not-yet-valid' } },
      },
      memberWithEndedGrant: { principal: principals.member, facts: { role: 'member', ...ended } },
      ownerWithEndedGrant: { principal: principals.owner, facts: { role: 'owner', ...ended } },
      memberWithKey: { principal: principals.member, facts: { role: 'member', isKeyHolder: true } },
      keyHolder: { principal: principals.homeless, facts: { isKeyHolder: true } },
      keyHolderElsewhere: { principal: principals.userElsewhere, facts: { isKeyHolder: true } },
      lockOwner: { principal: principals.homeless, facts: { isLockOwner: true } },
      resident: { principal: principals.homeless, facts: {} },
      unverifiedMember: { principal: principals.removed, facts: { isUnverified: true } },
      unverifiedKeyHolder: {
        principal: principals.removed,
        facts: { isUnverified: true, isKeyHolder: true },
      },
      linkValid: { principal: link, facts: { standing: { state: 'open' } } },
      linkOutOfWindow: { principal: link, facts: { standing: { state: 'outside-window' } } },
      linkExpired: { principal: link, facts: { standing: { state: 'expired' } } },
      linkAhead: { principal: link, facts: { standing: { state: 'not-yet-valid' } } },
      linkRevoked: { principal: link, facts: { standing: { state: 'revoked' } } },
      linkOfOtherDoor: { principal: link, facts: {} },
    };

    it.each(Object.entries(expectedAtDoor))('%s asks what the place is worth now', (operation, rows) => {
      const seen: string[] = [];
      for (const line of rows.trim().split('\n')) {
        const [wanted = '', names = ''] = line.split('|').map((part) => part.trim());
        for (const name of names.split(/ +/)) {
          seen.push(name);
          const place = places[name];
          const told = [false, true].map((deactivated) =>
            verdict(operation as keyof typeof expectedVerdicts, place?.principal ?? anonymous, {
              ...at(deactivated),
              ...place?.facts,
            }),
          );
          const verdicts = [...wanted].map((letter) => letters[letter as keyof typeof letters]);
          expect({ name, told }).toEqual({ name, told: verdicts });
        }
      }
      expect(seen.sort()).toEqual(Object.keys(places).sort());
    });

    it('and nothing else opens, shows or gives anything because of it', () => {
      for (const operation of Object.keys(expectedVerdicts) as (keyof typeof expectedVerdicts)[]) {
        if (expectedAtDoor[operation] !== undefined) continue;
        for (const [name, { principal, facts }] of Object.entries(places)) {
          const { standing, isKeyHolder, isLockOwner, isUnverified, ...without } = facts;
          const told = verdict(operation, principal, { ...at(false), ...facts });
          expect({ operation, name, told }).toEqual({
            operation,
            name,
            told: verdict(operation, principal, { ...at(false), ...without }),
          });
        }
      }
    });
  });

  it('turns each verdict into the failure that the wire tells', () => {
    const failureOf = (principal: Principal, facts: Facts) => {
      try {
        authorise('homes.get', principal, facts);
      } catch (error) {
        const { code, reason } = error as { code: string; reason?: string };
        return { code, reason };
      }
      return 'allowed';
    };
    const home = { exists: true, projectId: ours };
    expect(failureOf(principals.owner, { ...home, role: 'owner' })).toBe('allowed');
    expect(failureOf(anonymous, home)).toEqual({ code: 'unauthenticated', reason: undefined });
    expect(failureOf(principals.removed, home)).toEqual({ code: 'forbidden', reason: 'MEMBERS_ONLY' });
    expect(failureOf(principals.orgKey, home)).toEqual({ code: 'forbidden', reason: 'PERMISSION_DENIED' });
    expect(failureOf(principals.userElsewhere, home)).toEqual({ code: 'not_found', reason: 'NOT_FOUND' });
  });
});
