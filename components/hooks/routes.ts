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
  'locks.open': { method: 'POST', path: '/locks/{id}/OpenLock' },
} as const satisfies Partial<Record<keyof Operations, { method: string; path: string }>>;

export type RouteId = keyof typeof routes;
