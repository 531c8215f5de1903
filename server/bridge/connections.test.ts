import { expect, it } from 'vitest';
import { Connections } from './connections';

const minute = 60_000;
const told = (clientId: string, isConnected: boolean, version: number, address?: string) => ({
  clientId,
  isConnected,
  version,
  address,
});

it('a thing is there as long as any client of it is', () => {
  const connections = new Connections();
  connections.take(told('hub', true, 1, '10.0.0.1'), 0);
  connections.take(told('hub:app', true, 4, '192.0.2.7'), 0);
  expect(connections.take(told('hub:app', false, 4), 0)).toBe(true);
  expect(connections.isHere('hub')).toBe(true);
  connections.take(told('hub', false, 1), 0);
  expect(connections.isHere('hub')).toBe(false);
});

it('is where the thing itself is, whoever else uses its name', () => {
  const connections = new Connections();
  connections.take(told('hub:app', true, 1, '192.0.2.7'), 0);
  expect(connections.addressOf('hub')).toBe('192.0.2.7');
  connections.take(told('hub', true, 1, '10.0.0.1'), 0);
  connections.take(told('hub:other', true, 1, '192.0.2.8'), 0);
  expect(connections.addressOf('hub')).toBe('10.0.0.1');
  expect(connections.addressOf('nobody')).toBeUndefined();
});

it('what is older than what is known, or late, tells nothing', () => {
  const connections = new Connections();
  connections.take(told('lock', true, 5), 0);
  expect(connections.take(told('lock', false, 4), 0)).toBe(false);
  expect(connections.isHere('lock')).toBe(true);
  expect(connections.take(told('lock', false, 7), 0)).toBe(true);
  expect(connections.take(told('lock', true, 7), 0)).toBe(false);
  expect(connections.isHere('lock')).toBe(false);
  // A takeover: the end of the older connection comes after the newer one has begun.
  expect(connections.take(told('lock', true, 9), 0)).toBe(true);
  expect(connections.take(told('lock', false, 8), 0)).toBe(false);
  expect(connections.isHere('lock')).toBe(true);
});

it('a client that was away for an hour is counted from zero again', () => {
  const connections = new Connections();
  connections.take(told('lock', true, 41), 0);
  connections.take(told('lock', false, 41), minute);
  expect(connections.take(told('lock', true, 0), 30 * minute)).toBe(false);
  expect(connections.take(told('lock', true, 0), 62 * minute)).toBe(true);
  expect(connections.isHere('lock')).toBe(true);
  // One that stays is remembered however long.
  connections.take(told('hub', true, 12), 62 * minute);
  expect(connections.take(told('hub', false, 3), 1_000 * minute)).toBe(false);
});

it('is empty when the broker was lost', () => {
  const connections = new Connections();
  connections.take(told('lock', true, 1), 0);
  connections.clear();
  expect(connections.isHere('lock')).toBe(false);
});
