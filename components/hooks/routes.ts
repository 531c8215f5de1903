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
  'locks.update': { method: 'PATCH', path: '/locks/{id}' },
  'locks.remove': { method: 'DELETE', path: '/locks/{id}' },
  'homes.locks': { method: 'GET', path: '/homes/{homeId}/locks' },
  'hubs.list': { method: 'GET', path: '/hubs' },
  'hubs.claimByCode': { method: 'POST', path: '/hubs/claim' },
  'hubs.setRole': { method: 'POST', path: '/hubs/{id}/SetHubRole' },
  'hubs.suspend': { method: 'POST', path: '/hubs/{id}/SuspendHub' },
  'hubs.resume': { method: 'POST', path: '/hubs/{id}/ResumeHub' },
  'hubs.command': { method: 'POST', path: '/hubs/{id}/SendHubCommand' },
  'hubs.commission': { method: 'POST', path: '/hubs/{id}/CommissionDevice' },
  'hubs.commissionings': { method: 'GET', path: '/hubs/{id}/commissionings' },
} as const satisfies Partial<Record<keyof Operations, { method: string; path: string }>>;

export type RouteId = keyof typeof routes;
