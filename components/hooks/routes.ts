import type { Operations } from '@/server/contracts/registry';

/**
 * The operations a page calls. Method and path repeat the registry's, because the registry itself would bring the
 * schemas, and with them a validator of several times this size, into every page; a test holds the two together.
 */
export const routes = {
  'locks.list': { method: 'GET', path: '/locks' },
  'locks.get': { method: 'GET', path: '/locks/{id}' },
  'locks.openings': { method: 'GET', path: '/locks/{id}/openings' },
  'locks.open': { method: 'POST', path: '/locks/{id}/OpenLock' },
  'homes.create': { method: 'POST', path: '/homes' },
  'homes.update': { method: 'PATCH', path: '/homes/{homeId}' },
  'homes.delete': { method: 'DELETE', path: '/homes/{homeId}' },
  'members.add': { method: 'POST', path: '/homes/{homeId}/members' },
  'members.change': { method: 'PATCH', path: '/homes/{homeId}/members/{userId}' },
  'members.remove': { method: 'DELETE', path: '/homes/{homeId}/members/{userId}' },
  'members.details': { method: 'GET', path: '/homes/{homeId}/memberships' },
  'members.resend': { method: 'POST', path: '/homes/{homeId}/members/{userId}/invitation' },
  'members.readdress': { method: 'PATCH', path: '/homes/{homeId}/members/{userId}/invitation' },
  'grants.create': { method: 'POST', path: '/locks/{id}/grants' },
  'grants.update': { method: 'PATCH', path: '/locks/{id}/grants/{grantId}' },
  'grants.delete': { method: 'DELETE', path: '/locks/{id}/grants/{grantId}' },
} as const satisfies Partial<Record<keyof Operations, { method: string; path: string }>>;

export type RouteId = keyof typeof routes;
