import type { Operations } from '@/server/contracts/registry';

/**
 * The operations a page calls. Method and path repeat the registry's, because the registry itself would bring the
 * schemas, and with them a validator of several times this size, into every page; a test holds the two together.
 */
export const routes = {
  'locks.list': { method: 'GET', path: '/locks' },
  'locks.get': { method: 'GET', path: '/locks/{id}' },
  'locks.openings': { method: 'GET', path: '/locks/{id}/openings' },
  'devices.list': { method: 'GET', path: '/devices' },
  'devices.get': { method: 'GET', path: '/devices/{deviceId}' },
  'devices.add': { method: 'POST', path: '/devices' },
  'devices.provision': { method: 'POST', path: '/homes/{homeId}/deviceProvisioning' },
  'devices.update': { method: 'PATCH', path: '/devices/{deviceId}' },
  'devices.delete': { method: 'DELETE', path: '/devices/{deviceId}' },
  'devices.command': { method: 'PUT', path: '/devices/{deviceId}/command' },
  'devices.events': { method: 'GET', path: '/devices/{deviceId}/events' },
  'devices.shadow': { method: 'GET', path: '/devices/{deviceId}/shadow' },
  'locks.shadow': { method: 'GET', path: '/locks/{id}/shadow' },
  'homeValues.list': { method: 'GET', path: '/homes/{homeId}/kv' },
  'homeValues.get': { method: 'GET', path: '/homes/{homeId}/kv/{key}' },
  'homeValues.put': { method: 'PUT', path: '/homes/{homeId}/kv/{key}' },
  'homeValues.delete': { method: 'DELETE', path: '/homes/{homeId}/kv/{key}' },
  'deviceValues.list': { method: 'GET', path: '/devices/{deviceId}/kv' },
  'deviceValues.get': { method: 'GET', path: '/devices/{deviceId}/kv/{key}' },
  'deviceValues.put': { method: 'PUT', path: '/devices/{deviceId}/kv/{key}' },
  'deviceValues.delete': { method: 'DELETE', path: '/devices/{deviceId}/kv/{key}' },
  'locks.open': { method: 'POST', path: '/locks/{id}/OpenLock' },
} as const satisfies Partial<Record<keyof Operations, { method: string; path: string }>>;

export type RouteId = keyof typeof routes;
