import type { Routes } from './call';

/** The operations of a door: of those in `routes`, what the lightest pages call. */
export const doorRoutes = {
  'locks.list': { method: 'GET', path: '/locks' },
  'locks.get': { method: 'GET', path: '/locks/{id}' },
  'locks.openings': { method: 'GET', path: '/locks/{id}/openings' },
  'locks.open': { method: 'POST', path: '/locks/{id}/OpenLock' },
  'locks.startPasskey': { method: 'POST', path: '/locks/{id}/passkey/start' },
} as const satisfies Routes;
