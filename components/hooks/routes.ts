import type { Operations } from '@/server/contracts/registry';

/**
 * The operations a page calls. Method and path repeat the registry's, because the registry itself would bring the
 * schemas, and with them a validator of several times this size, into every page; a test holds the two together.
 */
export const routes = {
  'locks.list': { method: 'GET', path: '/locks' },
  'locks.get': { method: 'GET', path: '/locks/{id}' },
  'locks.openings': { method: 'GET', path: '/locks/{id}/openings' },
  'locks.update': { method: 'PATCH', path: '/locks/{id}' },
  'locks.remove': { method: 'DELETE', path: '/locks/{id}' },
  'locks.settings': { method: 'GET', path: '/locks/{id}/settings' },
  'locks.favourite': { method: 'PUT', path: '/locks/{id}/favourite' },
  'locks.unfavourite': { method: 'DELETE', path: '/locks/{id}/favourite' },
  'locks.whoCanOpen': { method: 'GET', path: '/locks/{id}/who-can-open' },
  'locks.updateTempKey': { method: 'POST', path: '/locks/{id}/update-temp-key' },
  'grants.delete': { method: 'DELETE', path: '/locks/{id}/grants/{grantId}' },
  'members.remove': { method: 'DELETE', path: '/homes/{homeId}/members/{userId}' },
  'tempKeys.create': { method: 'POST', path: '/temp-keys' },
  'tempKeys.list': { method: 'GET', path: '/temp-keys' },
  'tempKeys.revoke': { method: 'DELETE', path: '/temp-keys/{uuid}' },
  'locks.activity': { method: 'GET', path: '/locks/{id}/activity' },
  'homes.activity': { method: 'GET', path: '/homes/{homeId}/activity' },
  'notifications.get': { method: 'GET', path: '/userSession/notifications' },
  'notifications.choose': { method: 'PUT', path: '/userSession/notifications' },
  'notifications.subscribe': { method: 'PUT', path: '/userSession/push' },
  'notifications.unsubscribe': { method: 'DELETE', path: '/userSession/push' },
  'locks.open': { method: 'POST', path: '/locks/{id}/OpenLock' },
  'locks.startPasskey': { method: 'POST', path: '/locks/{id}/passkey/start' },
  'auth.startPasskey': { method: 'POST', path: '/auth/passkey/start' },
  'passkeys.list': { method: 'GET', path: '/users/{userId}/passkeys' },
  'passkeys.start': { method: 'POST', path: '/users/{userId}/passkeys/start' },
  'passkeys.add': { method: 'POST', path: '/users/{userId}/passkeys' },
  'passkeys.rename': { method: 'PATCH', path: '/users/{userId}/passkeys/{id}' },
  'passkeys.remove': { method: 'DELETE', path: '/users/{userId}/passkeys/{id}' },
  'auth.signUp': { method: 'POST', path: '/auth/signUp' },
  'auth.sendMail': { method: 'POST', path: '/auth/sendMail' },
  'auth.verifyEmail': { method: 'POST', path: '/auth/user/emailVerification' },
  'auth.resetPassword': { method: 'POST', path: '/auth/user/passwordReset' },
  'auth.activate': { method: 'POST', path: '/auth/user/activation' },
  'auth.seeInvitation': { method: 'POST', path: '/auth/user/invitation/seen' },
  'users.update': { method: 'PATCH', path: '/users/{userId}' },
  'users.delete': { method: 'DELETE', path: '/users/{userId}' },
  'users.changePassword': { method: 'POST', path: '/users/{userId}/password' },
  'userSession.list': { method: 'GET', path: '/users/{userId}/sessions' },
  'userSession.endOthers': { method: 'DELETE', path: '/users/{userId}/sessions' },
  'userSession.endOne': { method: 'DELETE', path: '/users/{userId}/sessions/{sessionId}' },
} as const satisfies Partial<Record<keyof Operations, { method: string; path: string }>>;

export type RouteId = keyof typeof routes;
