import { authenticateUser } from '../services/auth/authenticate-user';
import { getAuthentication } from '../services/auth/get-authentication';
import { issueToken } from '../services/auth/issue-token';
import { createHome } from '../services/homes/create-home';
import { deleteHome } from '../services/homes/delete-home';
import { getHome } from '../services/homes/get-home';
import { listHomes } from '../services/homes/list-homes';
import { updateHome } from '../services/homes/update-home';
import { getBasicInfo } from '../services/locks/get-basic-info';
import { getDoor } from '../services/locks/get-door';
import { listDoors } from '../services/locks/list-doors';
import { listEvents } from '../services/locks/list-events';
import { listOpenings } from '../services/locks/list-openings';
import { openLock } from '../services/locks/open-lock';
import { endSession } from '../services/user-session/end-session';
import { getSession } from '../services/user-session/get-session';
import { createUser } from '../services/users/create-user';
import type { Handlers } from './bind';

/** Each operation's service. */
export const handlers: Handlers = {
  'users.create': createUser,
  'auth.get': getAuthentication,
  'auth.user': authenticateUser,
  'auth.token': issueToken,
  'userSession.get': getSession,
  'userSession.end': endSession,
  'homes.list': listHomes,
  'homes.create': createHome,
  'homes.get': getHome,
  'homes.update': updateHome,
  'homes.delete': deleteHome,
  'locks.list': (deps, { principal }) => listDoors(deps, principal),
  'locks.get': (deps, { principal }, { params }) => getDoor(deps, principal, params),
  'locks.openings': (deps, { principal }, { params, query }) =>
    listOpenings(deps, principal, { ...params, ...query }),
  'locks.open': openLock,
  'locks.basicInfo': getBasicInfo,
  'locks.events': listEvents,
};
