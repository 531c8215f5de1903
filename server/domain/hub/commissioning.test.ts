import { describe, expect, it } from 'vitest';
import type { Json } from '../json';
import {
  type CommandReport,
  type CommissioningState,
  decideCommissioning,
  decideCommissioningExpiry,
  decideCommissioningSent,
  readHubReport,
} from './commissioning';

const now = new Date('2026-01-31T12:00:00.000Z');
const later = new Date(now.getTime() + 180_000);
const sent: CommissioningState = {
  status: 'sent',
  step: null,
  sentAt: now,
  acceptedAt: null,
  deviceId: null,
  expiresAt: later,
};
const device = { id: '17', deviceType: 'door-lock' };
const report = (state: CommandReport['state'], more: Partial<CommandReport> = {}): CommandReport => ({
  id: 'c',
  state,
  ...more,
});

describe('what a hub reports', () => {
  it('is read member by member, and other shapes are passed over', () => {
    expect(
      readHubReport({
        version: '1.2.3',
        startedAt: 1_769_860_800_000,
        command: {
          id: 'ABC',
          state: 'succeeded',
          device: {
            id: 17,
            deviceType: 10,
            vendorId: 65521,
            productId: 32769,
            name: ' Door ',
            attestation: 'test',
          },
        },
      }),
    ).toEqual({
      version: '1.2.3',
      startedAt: '2026-01-31T12:00:00.000Z',
      command: {
        id: 'abc',
        state: 'succeeded',
        device: {
          id: '17',
          deviceType: 'door-lock',
          vendorId: 65521,
          productId: 32769,
          name: 'Door',
          attestation: 'test',
        },
      },
    });
    for (const command of [
      null,
      'x',
      [],
      {},
      { id: 1, state: 'accepted' },
      { id: 'x', state: 'opened' },
    ] as Json[])
      expect(readHubReport({ command, version: 3, startedAt: 'never' })).toEqual({});
    expect(readHubReport({ command: { id: 'x', state: 'succeeded', device: 'lock' } }).command).toEqual({
      id: 'x',
      state: 'succeeded',
    });
  });

  it('knows a door lock by its name and by its number', () => {
    for (const deviceType of [10, '10', '0x000a', 'DoorLock', 'door_lock', 'Door-Lock', 'lock'])
      expect(
        readHubReport({ command: { id: 'x', state: 'succeeded', device: { id: 'n', deviceType } } }).command
          ?.device,
      ).toEqual({
        id: 'n',
        deviceType: 'door-lock',
      });
    for (const deviceType of [256, 'dimmable-light', 'unlockable', null])
      expect(
        readHubReport({ command: { id: 'x', state: 'succeeded', device: { id: 'n', deviceType } } }).command
          ?.device?.deviceType,
      ).not.toBe('door-lock');
  });

  it('loses anything that could be a code, control characters, and what is too long', () => {
    const said = readHubReport({
      command: {
        id: 'x',
        state: 'failed',
        error: 'WRONG_PASSCODE',
        message: `code 3497-011-2332 or 34970112332 or MT:Y.K9042C00KA0648G00\u0000\ud800 ${'x'.repeat(400)}`,
      },
    }).command;
    expect(said?.error).toBe('WRONG_PASSCODE');
    expect(said?.message).toMatch(/^code … or … or … x+$/);
    expect(said?.message?.length).toBe(300);
  });

  it('takes the steps of a pairing that are told as states', () => {
    expect(readHubReport({ command: { id: 'x', state: 'attesting' } }).command).toEqual({
      id: 'x',
      state: 'accepted',
      step: 'attesting',
    });
  });
});

describe('a commissioning', () => {
  it('is accepted once, and again only with another step', () => {
    expect(decideCommissioning(sent, report('accepted', { step: 'locating' }), now)).toEqual({
      change: { status: 'accepted', error: null, acceptedAt: now, step: 'locating' },
    });
    const accepted = { ...sent, status: 'accepted' as const, acceptedAt: now, step: 'locating' };
    expect(decideCommissioning(accepted, report('accepted', { step: 'locating' }), now)).toBeUndefined();
    expect(decideCommissioning(accepted, report('accepted'), now)).toBeUndefined();
    expect(decideCommissioning(accepted, report('accepted', { step: 'pairing' }), now)?.change.step).toBe(
      'pairing',
    );
  });

  it('whose delivery nobody answered is settled by the hub itself', () => {
    const unresolved = { ...sent, status: 'unresolved' as const, sentAt: null };
    expect(decideCommissioning(unresolved, report('accepted'), now)?.change).toMatchObject({
      status: 'accepted',
      sentAt: now,
    });
  });

  it('ends once: what comes after its end changes nothing', () => {
    const ended = decideCommissioning(sent, report('succeeded', { device }), now);
    expect(ended).toEqual({
      change: { status: 'succeeded', outcomeAt: now, error: null, acceptedAt: now },
      device,
    });
    const succeeded = { ...sent, status: 'succeeded' as const, deviceId: 'lock-1' };
    for (const state of ['accepted', 'succeeded', 'failed', 'expired'] as const)
      expect(decideCommissioning(succeeded, report(state, { device }), now)).toBeUndefined();
    expect(
      decideCommissioning({ ...succeeded, deviceId: null }, report('succeeded', { device }), now),
    ).toBeUndefined();
    const failed = { ...sent, status: 'failed' as const };
    for (const state of ['accepted', 'failed', 'expired'] as const)
      expect(decideCommissioning(failed, report(state), now)).toBeUndefined();
  });

  it('keeps its end when a success comes late, and takes the device in once', () => {
    for (const status of ['expired', 'failed'] as const) {
      const over = { ...sent, status };
      expect(decideCommissioning(over, report('succeeded', { device }), now)).toEqual({ change: {}, device });
      expect(decideCommissioning(over, report('succeeded'), now)).toBeUndefined();
      expect(
        decideCommissioning({ ...over, deviceId: 'd' }, report('succeeded', { device }), now),
      ).toBeUndefined();
    }
  });

  it('fails with the hub’s reason', () => {
    expect(
      decideCommissioning(
        sent,
        report('failed', { error: 'DEVICE_NOT_FOUND', message: 'Nothing answered' }),
        now,
      )?.change,
    ).toMatchObject({
      status: 'failed',
      outcomeAt: now,
      error: 'DEVICE_NOT_FOUND',
      message: 'Nothing answered',
    });
    expect(decideCommissioning(sent, report('failed'), now)?.change.error).toBe('FAILED');
    expect(decideCommissioning(sent, report('expired'), now)?.change).toEqual({
      status: 'expired',
      outcomeAt: now,
    });
  });

  it('expires when its time is over and it still runs', () => {
    expect(decideCommissioningExpiry(sent, now)).toBeUndefined();
    expect(decideCommissioningExpiry(sent, later)).toEqual({ status: 'expired', outcomeAt: later });
    expect(decideCommissioningExpiry({ ...sent, status: 'failed' }, later)).toBeUndefined();
  });

  it('is sent when the shadow took it, unless the hub was quicker', () => {
    expect(decideCommissioningSent({ ...sent, status: 'pending', sentAt: null }, now)).toEqual({
      status: 'sent',
      sentAt: now,
      error: null,
    });
    expect(decideCommissioningSent({ ...sent, status: 'accepted' }, now)).toBeUndefined();
    expect(decideCommissioningSent({ ...sent, status: 'succeeded' }, now)).toBeUndefined();
  });
});
