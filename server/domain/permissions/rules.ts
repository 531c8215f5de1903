import type { Standing } from '../access/standing';
import { type Principal, type PrincipalKind, projectOf } from '../principal';

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

export type Verdict = 'allow' | 'deny' | 'members-only' | 'not-found';

export type Rule = (facts: Facts, principal: Principal) => Verdict;

export type Row = Partial<Record<PrincipalKind, Rule>>;

export const allow: Rule = () => 'allow';
/** Across projects a foreign object answers as a missing one (model 6). */
export const inProject =
  (rule: Rule): Rule =>
  (facts, principal) => {
    const project = projectOf(principal);
    if (facts.exists === false || facts.projectId === undefined || facts.projectId !== project)
      return 'not-found';
    return rule(facts, principal);
  };
export const self: Rule = (facts, principal) =>
  principal.kind === 'user' && facts.subjectUserId === principal.userId ? 'allow' : 'deny';
/** Any member, guests included; a deactivated home keeps its record but loses its use. */
export const anyMember = inProject((facts) => (facts.role === undefined ? 'members-only' : 'allow'));
export const writingMember = inProject((facts) => {
  if (facts.role === undefined) return 'members-only';
  return facts.role === 'guest' || facts.deactivated === true ? 'deny' : 'allow';
});
/** Whoever has a place in the lock's home; a guest has one at the doors of a grant alone. */
export const sees = inProject((facts) => {
  if (facts.role === undefined) return 'deny';
  return facts.role === 'guest' && facts.standing === undefined ? 'deny' : 'allow';
});
/** Rights at a door are given by owners of the home while it is in use. */
export const giver = inProject((facts) =>
  facts.role === 'owner' && facts.deactivated !== true ? 'allow' : 'deny',
);
export const ender = inProject((facts) => (facts.role === 'owner' ? 'allow' : 'deny'));
export const ownedInUse = inProject((facts) => (facts.deactivated === true ? 'deny' : 'allow'));
export const owned = inProject(allow);
export const existing: Rule = (facts) => (facts.exists === false ? 'not-found' : 'allow');
export const open: Row = {
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
/** A project key of the object's project that was given this permission. */
export const permitted = (permission: string): Rule =>
  inProject((_facts, principal) =>
    principal.kind === 'projectKey' && principal.permissions.includes(permission) ? 'allow' : 'deny',
  );
export const readers: Row = { user: anyMember, projectKey: owned };
export const valueWriters: Row = { user: writingMember, projectKey: permitted('kv') };
export const commanders: Row = { user: writingMember, projectKey: permitted('commands') };
/** Guest links are the business of the home's owners and of the lock's organisation. */
export const linkGivers: Row = { user: giver, orgKey: ownedInUse, service: ownedInUse, superKey: existing };
/** Keys and services of the organisation that a lock or hub belongs to, and the super key (lock-api 3). */
export const organisation: Row = { orgKey: owned, service: owned, superKey: existing };
export const hubReader = inProject((facts) =>
  facts.role === 'owner' || facts.role === 'member' ? 'allow' : 'deny',
);
/** What is of no organisation yet, or of the caller's; `role` is the caller's place in the home it is claimed for. */
export const claimable =
  (rule: Rule): Rule =>
  (facts, principal) =>
    facts.exists === true && facts.projectId === null
      ? rule(facts, principal)
      : inProject(rule)(facts, principal);
