import type { Operations } from '@/server/contracts/registry';

/**
 * The operations a page calls. Method and path repeat the registry's, because the registry itself would bring the
 * schemas, and with them a validator of several times this size, into every page; a test holds the two together.
 */
export const routes = {
  'locks.list': { method: 'GET', path: '/locks' },
  'locks.get': { method: 'GET', path: '/locks/{id}' },
  'locks.openings': { method: 'GET', path: '/locks/{id}/openings' },
  'locks.activity': { method: 'GET', path: '/locks/{id}/activity' },
  'homes.activity': { method: 'GET', path: '/homes/{homeId}/activity' },
  'notifications.get': { method: 'GET', path: '/userSession/notifications' },
  'notifications.choose': { method: 'PUT', path: '/userSession/notifications' },
  'notifications.subscribe': { method: 'PUT', path: '/userSession/push' },
  'notifications.unsubscribe': { method: 'DELETE', path: '/userSession/push' },
  'locks.open': { method: 'POST', path: '/locks/{id}/OpenLock' },
} as const satisfies Partial<Record<keyof Operations, { method: string; path: string }>>;

export type RouteId = keyof typeof routes;
