import { describe, expect, it } from 'vitest';
import { readHubReport } from '@/server/domain/hub/commissioning';
import { readLockReport } from '@/server/domain/lock/report';
import type { LockReading } from '../matter/face';
import type { HubDevice } from './memory';
import { commandReport, hubReport, lockReport, thingOf } from './report';

const device: HubDevice = {
  uuid: '0b2f9a5e-0000-4000-8000-000000000001',
  nodeId: '7',
  endpoint: 1,
  vendorId: 0xfff1,
  productId: 0x8000,
  deviceType: 10,
  name: 'Front',
  attestation: 'not-verified',
  codeMark: 'mark',
};
const reading: LockReading = {
  lockState: 'LOCKED',
  doorState: 'CLOSED',
  battery: { percent: 40, level: 'ok' },
  features: ['unbolt'],
};
const still = { reading, isReachable: true, alarm: undefined, spoken: undefined, spokenPin: undefined };

describe('what a hub says of a lock', () => {
  it('is understood by the cloud', () => {
    const spoken = { id: 'a', state: 'failed', error: 'JAMMED', expiresAt: 1 } as const;
    expect(readLockReport(lockReport(device, { ...still, spoken }))).toEqual({
      bolt: 'locked',
      door: 'closed',
      battery: { percent: 40, level: 'ok' },
      reachable: true,
      alarm: null,
      attestation: 'not-verified',
      abilities: { battery: false, doorPosition: false, pin: false, pinRequired: false, unbolt: true },
      command: { id: 'a', state: 'failed', error: 'JAMMED' },
    });
  });

  it.each<[string, LockReading['lockState'], string | undefined, string]>([
    ['stuck half way, with the alarm', 'NOT_FULLY_LOCKED', 'LOCK_JAMMED', 'jammed'],
    ['half way, and nothing is wrong', 'NOT_FULLY_LOCKED', undefined, 'not-fully-locked'],
    ['open again after a jam', 'UNLOCKED', 'LOCK_JAMMED', 'unlocked'],
    ['unknown', 'UNKNOWN', undefined, 'unknown'],
  ])('%s', (_, lockState, alarm, bolt) => {
    const said = lockReport(device, { ...still, reading: { ...reading, lockState }, alarm });
    expect(readLockReport(said).bolt).toBe(bolt);
  });

  it('claims nothing of a lock that was not heard', () => {
    const said = readLockReport(lockReport(device, { ...still, reading: undefined, isReachable: false }));
    expect(said).toEqual({ reachable: false, attestation: 'not-verified' });
  });

  it('takes away what a lock does not have', () => {
    const plain: LockReading = { lockState: 'LOCKED', features: [] };
    expect(lockReport(device, { ...still, reading: plain })).toMatchObject({
      doorState: null,
      battery: null,
    });
  });
});

describe('what a hub says of itself', () => {
  const command = commandReport(
    { id: 'a', state: 'succeeded', expiresAt: 1 },
    { step: 'subscribing', device },
  );
  const said = hubReport({
    version: '1.2.3',
    startedAt: new Date(0),
    pinKey: 'key',
    locks: [{ thing: thingOf(device), nodeId: '7', isReachable: true }],
    gone: ['lock-old'],
    command,
  });

  it('is understood by the cloud, with the device it has paired', () => {
    expect(readHubReport(said)).toMatchObject({
      version: '1.2.3',
      startedAt: '1970-01-01T00:00:00.000Z',
      command: {
        id: 'a',
        state: 'succeeded',
        step: 'subscribing',
        device: { uuid: device.uuid, deviceType: 'door-lock', attestation: 'not-verified', name: 'Front' },
      },
    });
  });

  it('lists its locks and takes away those that are gone', () => {
    expect(said.locks).toEqual({ 'lock-old': null, [thingOf(device)]: { nodeId: '7', reachable: true } });
  });

  it('leaves nothing of an earlier command beside a later one', () => {
    const plain = commandReport({ id: 'b', state: 'failed', error: 'CANCELLED', expiresAt: 1 }, {});
    expect(plain).toEqual({
      id: 'b',
      state: 'failed',
      error: 'CANCELLED',
      step: null,
      message: null,
      device: null,
    });
  });

  it('names other devices by their type', () => {
    const lamp = { ...device, endpoint: null, deviceType: 0x0100 };
    expect(
      commandReport({ id: 'a', state: 'succeeded', expiresAt: 1 }, { device: lamp }).device,
    ).toMatchObject({
      deviceType: 0x0100,
    });
    expect(thingOf(lamp)).toBe(`matter-${device.uuid}`);
  });
});
