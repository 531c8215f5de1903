import * as auth from './auth';
import * as homes from './homes';
import * as locks from './locks';
import * as users from './users';

/** Every operation there is. An operation missing here does not exist; one without a permission row does not compile. */
export const operations = {
  'users.create': users.createUser,
  'auth.get': auth.getAuthentication,
  'auth.user': auth.authenticateUser,
  'auth.token': auth.issueToken,
  'userSession.get': auth.getUserSession,
  'userSession.end': auth.endUserSession,
  'homes.list': homes.listHomes,
  'homes.create': homes.createHome,
  'homes.get': homes.getHome,
  'homes.update': homes.updateHome,
  'homes.delete': homes.deleteHome,
  'locks.list': locks.listDoors,
  'locks.get': locks.getDoor,
  'locks.openings': locks.listOpenings,
  'locks.open': locks.openLock,
  'locks.basicInfo': locks.getLockBasicInfo,
  'locks.events': locks.listLockEvents,
} as const;

export type Operations = typeof operations;
export type OperationId = keyof Operations;
