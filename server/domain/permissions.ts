import type { OperationId } from '../contracts/registry';
import { decideAccess } from './access/decide-access';
import type { Standing } from './access/standing';
import { Failure } from './errors';
import { type Principal, type PrincipalKind, projectOf } from './principal';
import { staffRows } from './staff-permissions';
import { isViewable } from './viewable';

export type Role = 'owner' | 'member' | 'guest';

/** What a service knows of the object a caller asks for. */
export interface Facts {
  /** False: there is no such object. */
  exists?: boolean;
  /** Project the object belongs to. */
  projectId?: number | null;
  /** The caller's place in the object's home; absent: none. */
  role?: Role | undefined;
  /** The user the call is about. */
  subjectUserId?: number;
  /** The device the call is about. */
  subjectDeviceId?: number;
  /** The project lets owners alone manage members. */
  onlyOwnersManageMembers?: boolean;
  /** The thing the call is about. */
  subjectThing?: string;
  /** It is the shadow's side of a MODE device. */
  isDeviceThing?: boolean;
  /** The calling thing is a hub and the subject one of its locks. */
  isBehindCaller?: boolean;
  /** The call carries a provisioning token, which is a right by itself. */
  hasToken?: boolean;
  /** The home is switched off by an administrator. */
  deactivated?: boolean;
  /** The project keeps its own user accounts. */
  isByou?: boolean;
  /** The caller's account has not proved its address yet: no place of it counts. */
  isUnverified?: boolean;
  /** SetOwner named the caller as the lock's owner. */
  isLockOwner?: boolean;
  /** A key of the lock carries the caller's name. */
  isKeyHolder?: boolean;
  /** Projects that the staff account which the call is about works for. */
  staffProjects?: readonly number[] | 'all';
  /** How the caller's grants, or the calling link, stand at this lock now; absent: there are none. */
  standing?: Standing | undefined;
}

type Verdict = 'allow' | 'deny' | 'members-only' | 'not-found';
export type Rule = (facts: Facts, principal: Principal) => Verdict;
export type Row = Partial<Record<PrincipalKind, Rule>>;

const allow: Rule = () => 'allow';

/** Across projects a foreign object answers as a missing one (model 6). */
const inProject =
  (rule: Rule): Rule =>
  (facts, principal) => {
    const project = projectOf(principal);
    if (facts.exists === false || facts.projectId === undefined || facts.projectId !== project)
      return 'not-found';
    return rule(facts, principal);
  };

const self: Rule = (facts, principal) =>
  principal.kind === 'user' && facts.subjectUserId === principal.userId ? 'allow' : 'deny';

/** Any member, guests included; a deactivated home keeps its record but loses its use. */
const anyMember = inProject((facts) => (facts.role === undefined ? 'members-only' : 'allow'));
const writingMember = inProject((facts) => {
  if (facts.role === undefined) return 'members-only';
  return facts.role === 'guest' || facts.deactivated === true ? 'deny' : 'allow';
});
const owner = inProject((facts) => {
  if (facts.role === undefined) return 'members-only';
  return facts.role === 'owner' && facts.deactivated !== true ? 'allow' : 'deny';
});

/** Who may open, by the one decision that also says why (lock-api 3, model 2). */
const mayOpen: Rule = (facts, principal) => (decideAccess(principal.kind, facts).allowed ? 'allow' : 'deny');
const opener = inProject(mayOpen);
/** Whoever has a place in the lock's home; a guest has one at the doors of a grant alone. */
const sees = inProject((facts) => {
  if (facts.role === undefined) return 'deny';
  return facts.role === 'guest' && facts.standing === undefined ? 'deny' : 'allow';
});
/** Owners and members: guests are not told what others do at a door. */
const resident = inProject((facts) => (facts.role === 'owner' || facts.role === 'member' ? 'allow' : 'deny'));
/** Rights at a door are given by owners of the home while it is in use. */
const giver = inProject((facts) => (facts.role === 'owner' && facts.deactivated !== true ? 'allow' : 'deny'));
const ender = inProject((facts) => (facts.role === 'owner' ? 'allow' : 'deny'));
const ownedInUse = inProject((facts) => (facts.deactivated === true ? 'deny' : 'allow'));
const owned = inProject(allow);
const existing: Rule = (facts) => (facts.exists === false ? 'not-found' : 'allow');

const byou: Rule = (facts, principal) =>
  principal.kind === 'projectKey' &&
  facts.isByou === true &&
  facts.projectId === principal.projectId &&
  principal.permissions.includes('byou')
    ? 'allow'
    : 'deny';
const ownAccounts: Rule = (facts) => (facts.isByou === true ? 'deny' : 'allow');
const open: Row = {
  anonymous: allow,
  user: allow,
  device: allow,
  projectKey: allow,
  orgKey: allow,
  superKey: allow,
  service: allow,
  guestLink: allow,
  staff: allow,
  thing: allow,
};
const accountRow: Row = {
  anonymous: ownAccounts,
  user: ownAccounts,
  device: ownAccounts,
  orgKey: ownAccounts,
  superKey: ownAccounts,
  service: ownAccounts,
  staff: ownAccounts,
  projectKey: (facts, principal) => (facts.isByou === true ? byou(facts, principal) : 'allow'),
};

/** A project key of the object's project that was given this permission. */
const permitted = (permission: string): Rule =>
  inProject((_facts, principal) =>
    principal.kind === 'projectKey' && principal.permissions.includes(permission) ? 'allow' : 'deny',
  );
const selfInProject = inProject(self);
const sameDevice = inProject((facts, principal) =>
  principal.kind === 'device' && facts.subjectDeviceId === principal.deviceId ? 'allow' : 'deny',
);
const memberManager = inProject((facts) => {
  if (facts.role === undefined) return 'members-only';
  if (facts.role === 'guest' || facts.deactivated === true) return 'deny';
  return facts.onlyOwnersManageMembers === true && facts.role !== 'owner' ? 'deny' : 'allow';
});
/** Anybody may leave; others are taken out by those who manage members. */
const leaverOrManager: Rule = (facts, principal) =>
  facts.role !== undefined && self(facts, principal) === 'allow'
    ? inProject(allow)(facts, principal)
    : memberManager(facts, principal);
const readers: Row = { user: anyMember, projectKey: owned };
const valueWriters: Row = { user: writingMember, projectKey: permitted('kv') };
const commanders: Row = { user: writingMember, projectKey: permitted('commands') };
const lockReaders: Row = {
  user: sees,
  projectKey: owned,
  orgKey: owned,
  service: owned,
  superKey: existing,
};

/** Guest links are the business of the home's owners and of the lock's organisation. */
const linkGivers: Row = { user: giver, orgKey: ownedInUse, service: ownedInUse, superKey: existing };
/** Keys and services of the organisation that a lock or hub belongs to, and the super key (lock-api 3). */
const organisation: Row = { orgKey: owned, service: owned, superKey: existing };
const lockManagers: Row = { user: giver, ...organisation };
const hubOwner = inProject((facts) => (facts.role === 'owner' ? 'allow' : 'deny'));
const hubUser = inProject((facts) =>
  (facts.role === 'owner' || facts.role === 'member') && facts.deactivated !== true ? 'allow' : 'deny',
);
const hubReader = inProject((facts) =>
  facts.role === 'owner' || facts.role === 'member' ? 'allow' : 'deny',
);
const hubKeepers: Row = { ...organisation, user: hubOwner };
const hubReaders: Row = { ...organisation, user: hubReader };

/** A hub that nobody has registered, or the caller's organisation has. */
const newOrOwned: Rule = (facts, principal) => (facts.exists === false ? 'allow' : owned(facts, principal));
/** What is of no organisation yet, or of the caller's; `role` is the caller's place in the home it is claimed for. */
const claimable =
  (rule: Rule): Rule =>
  (facts, principal) =>
    facts.exists === true && facts.projectId === null
      ? rule(facts, principal)
      : inProject(rule)(facts, principal);
const siteOwner: Rule = (facts) => (facts.role === 'owner' ? 'allow' : 'deny');
const ownThing: Rule = (facts, principal) =>
  principal.kind === 'thing' &&
  facts.exists !== false &&
  (facts.subjectThing === principal.name || facts.isBehindCaller === true)
    ? 'allow'
    : 'deny';
/** Shadows by HTTP: the organisation of the thing, keys of the project for its devices, and the thing itself. */
const shadowReaders: Row = {
  projectKey: inProject((facts) => (facts.isDeviceThing === true ? 'allow' : 'deny')),
  orgKey: owned,
  service: owned,
  superKey: existing,
  thing: ownThing,
};
const shadowWriters: Row = {
  ...shadowReaders,
  projectKey: inProject((facts, principal) =>
    facts.isDeviceThing === true ? permitted('commands')(facts, principal) : 'deny',
  ),
};

/** The one permission table: operation × principal, deny by default. */
const table: Record<OperationId, Row> = {
  ...staffRows,
  'users.create': accountRow,
  'users.list': { projectKey: permitted('admin') },
  'users.get': { user: selfInProject, projectKey: owned },
  'users.update': { user: selfInProject },
  'users.delete': { user: selfInProject, projectKey: permitted('admin') },
  'auth.get': open,
  'auth.user': accountRow,
  'auth.token': { user: allow, orgKey: allow },
  'auth.sms': open,
  'auth.startEmailVerification': open,
  'auth.verifyEmail': open,
  'auth.startPasswordReset': open,
  'auth.resetPassword': open,
  'auth.activate': open,
  'auth.startPasskey': open,
  'passkeys.list': { user: selfInProject },
  'passkeys.start': { user: selfInProject },
  'passkeys.add': { user: selfInProject },
  'passkeys.rename': { user: selfInProject },
  'passkeys.remove': { user: selfInProject },
  'auth.signUp': open,
  'auth.sendMail': open,
  'auth.seeInvitation': open,
  'users.changePassword': { user: selfInProject },
  'userSession.list': { user: selfInProject },
  'userSession.endOthers': { user: selfInProject },
  'userSession.endOne': { user: selfInProject },
  'userSession.listen': { user: (facts) => (facts.isByou === true ? 'deny' : 'allow') },
  'userSession.get': { user: allow },
  'userSession.end': { user: allow },
  'userSession.views': { user: allow },
  'notifications.get': { user: allow },
  'notifications.choose': { user: allow },
  'notifications.subscribe': { user: allow },
  'notifications.unsubscribe': { user: allow },
  'homes.list': {
    user: self,
    projectKey: (facts, principal) =>
      facts.exists !== false && facts.projectId === projectOf(principal) ? 'allow' : 'deny',
  },
  'homes.create': { user: allow },
  'homes.get': { user: anyMember, projectKey: owned },
  'homes.update': { user: writingMember, projectKey: permitted('admin') },
  'homes.delete': { user: owner },
  'homes.locks': { user: hubReader },
  'homes.event': { projectKey: permitted('events') },
  'homes.events': readers,
  'homes.activity': { user: anyMember },
  'homes.views': { user: ender },
  'homes.answerView': { user: ender },
  'homes.endView': { user: ender },
  'members.list': readers,
  'members.add': { user: memberManager },
  'members.get': readers,
  'members.change': { user: owner },
  'members.remove': { user: leaverOrManager },
  'members.details': { user: anyMember },
  'members.resend': { user: memberManager },
  'members.readdress': { user: owner },
  'modules.list': readers,
  'modules.get': readers,
  'modules.command': commanders,
  'homeValues.list': readers,
  'homeValues.get': readers,
  'homeValues.put': valueWriters,
  'homeValues.delete': valueWriters,
  'devices.provision': { user: writingMember, projectKey: permitted('admin') },
  'devices.register': { device: sameDevice },
  'devices.add': {
    anonymous: (facts) => (facts.hasToken === true ? 'allow' : 'deny'),
    user: (facts, principal) => (facts.hasToken === true ? 'allow' : writingMember(facts, principal)),
  },
  'devices.list': readers,
  'devices.get': { ...readers, device: sameDevice },
  'devices.update': { user: writingMember, projectKey: permitted('admin') },
  'devices.delete': { user: writingMember },
  'devices.command': commanders,
  'devices.listen': { device: sameDevice },
  'devices.event': { device: sameDevice },
  'devices.events': readers,
  'deviceValues.list': { ...readers, device: sameDevice },
  'deviceValues.get': { ...readers, device: sameDevice },
  'deviceValues.put': { ...valueWriters, device: sameDevice },
  'deviceValues.delete': { ...valueWriters, device: sameDevice },
  'locks.list': { user: allow, projectKey: allow, orgKey: allow, service: allow, superKey: allow },
  'locks.get': { user: sees },
  'locks.openings': { user: resident },
  'locks.activity': { user: sees },
  'locks.open': {
    user: opener,
    orgKey: opener,
    service: opener,
    superKey: existing,
    guestLink: (facts, principal) => (facts.exists === false ? 'deny' : mayOpen(facts, principal)),
  },
  'locks.startPasskey': { user: opener },
  'locks.whoCanOpen': { user: sees },
  'locks.settings': { user: resident },
  'locks.latency': { user: resident },
  'locks.history': { user: resident },
  'locks.condition': { user: resident },
  'locks.favourite': { user: sees },
  'locks.unfavourite': { user: sees },
  'locks.openWithPin': open,
  'locks.tempKeys': { ...linkGivers, user: ender, orgKey: owned, service: owned },
  'locks.createTempKey': linkGivers,
  'locks.updateTempKey': linkGivers,
  'locks.deleteTempKey': { ...linkGivers, user: ender, orgKey: owned, service: owned },
  'locks.useTempKey': { superKey: existing },
  'grants.list': { user: ender },
  'grants.create': { user: giver },
  'grants.update': { user: giver },
  'grants.delete': { user: ender },
  'pins.list': { ...linkGivers, user: ender, orgKey: owned, service: owned },
  'pins.add': linkGivers,
  'pins.change': linkGivers,
  'pins.remove': { ...linkGivers, user: ender, orgKey: owned, service: owned },
  'tempKeys.create': linkGivers,
  'tempKeys.list': { user: allow, orgKey: allow, service: allow, superKey: allow },
  'tempKeys.revoke': { ...linkGivers, user: ender, orgKey: owned, service: owned },
  'locks.basicInfo': lockReaders,
  'locks.events': lockReaders,
  'locks.details': lockReaders,
  'locks.residents': lockReaders,
  'locks.state': lockReaders,
  'locks.opening': { user: sees, ...organisation },
  'locks.create': { orgKey: allow, service: allow, superKey: allow },
  'locks.setOwner': organisation,
  'locks.setOrganization': { orgKey: claimable(allow), service: claimable(allow), superKey: existing },
  'locks.changeUuid': { superKey: existing },
  'locks.addKey': lockManagers,
  'locks.removeKey': lockManagers,
  'locks.bulkAddKeys': lockManagers,
  'locks.writeKey': lockManagers,
  'locks.addResident': lockManagers,
  'locks.removeResident': lockManagers,
  'locks.assignHome': organisation,
  'locks.update': { user: giver },
  'locks.remove': lockManagers,
  'hubs.list': { user: allow, orgKey: allow, service: allow, superKey: allow },
  'hubs.start': open,
  'hubs.status': { ...hubReaders, projectKey: owned },
  'hubs.provision': { orgKey: newOrOwned, service: newOrOwned, superKey: allow },
  'hubs.claim': {
    user: claimable(siteOwner),
    orgKey: claimable(allow),
    service: claimable(allow),
    superKey: existing,
  },
  'hubs.claimByCode': { user: giver },
  'hubs.reClaim': hubKeepers,
  'hubs.setRole': hubKeepers,
  'hubs.suspend': hubKeepers,
  'hubs.resume': hubKeepers,
  'hubs.command': hubKeepers,
  'hubs.commission': { ...organisation, user: hubUser },
  'hubs.commissionings': hubReaders,
  'hubs.commissioning': hubReaders,
  'matterDevices.create': organisation,
  'matterDevices.desired': { ...organisation, user: hubUser },
  'matterDevices.reported': organisation,
  'matterDevices.setPin': linkGivers,
  'matterDevices.clearPin': { ...organisation, user: ender },
  'things.getShadow': shadowReaders,
  'things.updateShadow': shadowWriters,
  'things.deleteShadow': shadowWriters,
  'things.listShadows': shadowReaders,
  'staff.signIn': open,
  'staff.getSession': open,
  'staff.startFactor': open,
  'staff.proveFactor': open,
  'staff.startPasskeyFactor': open,
  'staff.provePasskey': open,
  'staff.signOut': open,
  'staff.setUp': open,
  'staff.accounts': {
    staff: (_facts, principal) =>
      principal.kind === 'staff' && principal.role === 'admin' ? 'allow' : 'deny',
  },
  'devices.shadow': { user: writingMember },
  'locks.shadow': { user: ender },
  'hubs.shadow': { user: hubOwner },
};

/** The verdict of the table, for tests and for pages that show what a person may do. */
export function verdict(
  operation: OperationId,
  principal: Principal,
  facts: Facts = {},
): Verdict | 'unauthenticated' {
  if (principal.kind === 'user' && principal.view !== undefined && !isViewable(operation)) return 'deny';
  const rule = table[operation][principal.kind];
  if (rule === undefined) return principal.kind === 'anonymous' ? 'unauthenticated' : 'deny';
  return rule(facts, principal);
}

export const isAllowed = (operation: OperationId, principal: Principal, facts: Facts = {}): boolean =>
  verdict(operation, principal, facts) === 'allow';

/** Throws the Failure that the table holds for this call: `unauthenticated`, `forbidden` or `not_found`. */
export function authorise(operation: OperationId, principal: Principal, facts: Facts = {}): void {
  const answer = verdict(operation, principal, facts);
  switch (answer) {
    case 'allow':
      return;
    case 'unauthenticated':
      throw new Failure('unauthenticated');
    case 'not-found':
      throw new Failure('not_found', { reason: 'NOT_FOUND' });
    case 'members-only':
      throw new Failure('forbidden', { reason: 'MEMBERS_ONLY' });
    case 'deny':
      throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
  }
}
