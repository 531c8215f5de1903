/** Where a device was when its key was looked at. It may have moved since: whoever relies on it proves it again. */
export interface DevicePlace {
  homeId: number | null;
  deviceClass: string;
}

/** A look by staff through a person's eyes, which that person granted: it reads and changes nothing. */
export interface ViewOfUser {
  id: string;
  staffId: number;
  staffName: string;
}

export interface UserPrincipal {
  kind: 'user';
  userId: number;
  sessionId: string;
  projectId: number;
  appId: string;
  name: string;
  /** Present: it is not this person who calls, but staff that was let look. */
  view?: ViewOfUser;
}

/** Somebody who manages homes for others: signed in, second factor proved, for the projects of their grants. */
export interface StaffPrincipal {
  kind: 'staff';
  accountId: number;
  sessionId: string;
  name: string;
  role: 'support' | 'admin';
  projects: readonly number[] | 'all';
}

/** Who is calling (model 1). */
export type Principal =
  | { kind: 'anonymous' }
  | UserPrincipal
  | {
      kind: 'device';
      deviceId: number;
      projectId: number;
      place?: DevicePlace;
      /** Hash of the key that it presented, hexadecimal, where that was remembered and not looked up: what it does proves it. */
      unproved?: string;
    }
  | { kind: 'projectKey'; keyId: number; projectId: number; name: string; permissions: readonly string[] }
  | { kind: 'orgKey'; keyId: string; projectId: number }
  | { kind: 'superKey'; keyId: string }
  | { kind: 'service'; projectId: number; orgId: string }
  | { kind: 'guestLink'; linkId: string; name?: string }
  | StaffPrincipal
  | { kind: 'thing'; name: string };

export type PrincipalKind = Principal['kind'];

/** In place of a session id: a person whom an identity provider of the project vouches for, without a session of ours. */
export const noSession = '00000000-0000-0000-0000-000000000000';

export const anonymous: Principal = { kind: 'anonymous' };

/** Project the caller is confined to; undefined: none, or above them all. */
export const projectOf = (principal: Principal): number | undefined =>
  'projectId' in principal ? principal.projectId : undefined;

/** Whether a staff account works for a project. */
export const worksFor = ({ projects }: StaffPrincipal, projectId: number): boolean =>
  projects === 'all' || projects.includes(projectId);

/** Stable name of the caller for uniqueness and for the record of who did what. */
export function identityOf(principal: Principal): { kind: PrincipalKind; id: string; name: string } {
  switch (principal.kind) {
    case 'anonymous':
      return { kind: 'anonymous', id: '', name: '' };
    case 'user':
      return { kind: 'user', id: String(principal.userId), name: principal.name };
    case 'device':
      return { kind: 'device', id: String(principal.deviceId), name: `device ${principal.deviceId}` };
    case 'projectKey':
      return { kind: 'projectKey', id: String(principal.keyId), name: principal.name };
    case 'orgKey':
      return { kind: 'orgKey', id: principal.keyId, name: 'organisation key' };
    case 'superKey':
      return { kind: 'superKey', id: principal.keyId, name: 'service key' };
    case 'service':
      return { kind: 'service', id: principal.orgId, name: 'organisation service' };
    case 'guestLink':
      return { kind: 'guestLink', id: principal.linkId, name: principal.name ?? 'guest link' };
    case 'staff':
      return { kind: 'staff', id: String(principal.accountId), name: principal.name };
    case 'thing':
      return { kind: 'thing', id: principal.name, name: principal.name };
  }
}
