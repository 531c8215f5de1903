import { describe, expect, it } from 'vitest';
import type { Device } from '@/server/contracts/devices';
import type { LiveMessage } from '@/server/contracts/realtime';
import { calledOf, filterDevices, onListMessage } from './devices';

const device = (id: number, more: Partial<Device> = {}): Device => ({
  id,
  projectId: 1,
  deviceClass: 'lamp',
  isConnected: false,
  creationTime: '2026-01-01T00:00:00.000Z',
  ...more,
});
const told = (topic: 'event' | 'presence' | 'kv', payload: unknown): LiveMessage => ({
  topic,
  homeId: 1,
  cursor: 'c',
  position: 2,
  payload,
});
const at = '2026-02-01T10:00:00.000Z';
const all = { search: '', deviceClass: '', state: 'all' } as const;

describe('devices of a home', () => {
  it('are found by name, tag, class and number, and shown connected first', () => {
    const list = [
      device(1, { name: 'Zeta' }),
      device(2, { tag: 'alpha', deviceClass: 'meter' }),
      device(31, { isConnected: true }),
    ];
    const ids = (filter: Partial<Parameters<typeof filterDevices>[1]>) =>
      filterDevices(list, { ...all, ...filter }).map(({ id }) => id);
    expect(ids({})).toEqual([31, 2, 1]);
    expect(ids({ search: 'ALPHA' })).toEqual([2]);
    expect(ids({ search: '31' })).toEqual([31]);
    expect(ids({ deviceClass: 'lamp', state: 'away' })).toEqual([1]);
    expect(list.map(calledOf)).toEqual(['Zeta', 'alpha', undefined]);
  });

  it('follow what their home tells of them', () => {
    const change = onListMessage(
      told('event', {
        eventType: '_deviceConnected_',
        eventData: {},
        timestamp: at,
        homeId: 1,
        originDeviceId: 2,
      }),
    );
    if (typeof change !== 'function') throw new Error('no change');
    expect(change([device(1), device(2)])).toEqual([
      device(1),
      device(2, { isConnected: true, lastConnectTime: at }),
    ]);
    expect(onListMessage(told('presence', { deviceId: 9, change: 'added' }))).toBe(true);
    expect(onListMessage(told('kv', {}))).toBe(false);
  });
});
