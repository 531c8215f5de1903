import { expect, it } from 'vitest';
import { operations } from '@/server/contracts/registry';
import { type RouteId, routes } from './routes';

it('calls every operation by the method and path of the registry', () => {
  for (const id of Object.keys(routes) as RouteId[]) {
    const { method, path } = operations[id];
    expect(routes[id], id).toEqual({ method, path });
  }
});
