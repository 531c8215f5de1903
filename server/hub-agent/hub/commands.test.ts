import { describe, expect, it } from 'vitest';
import type { JsonObject } from '@/server/domain/json';
import { readShadowCommand, type ShadowCommand } from '../journal';
import { type HubCommand, readHubCommand, readLockCommand, readPairingCode } from './commands';

const command = (members: JsonObject): ShadowCommand => {
  const read = readShadowCommand({ command: { id: 'a', expiresAt: 1, ...members } });
  if (read === undefined) throw new Error('no command');
  return read;
};

describe('what a hub is told', () => {
  it.each<[JsonObject, HubCommand | undefined]>([
    [
      { type: 'commission_with_code', code: 'MT:X' },
      { type: 'commission_with_code', code: 'MT:X' },
    ],
    [
      { type: 'commission_with_code', commissioningCode: '1' },
      { type: 'commission_with_code', code: '1' },
    ],
    [{ type: 'commission_with_code', code: 11 }, undefined],
    [
      { type: 'remove_lock', args: { lockId: 'l' } },
      { type: 'remove_lock', lockId: 'l', force: false },
    ],
    [
      { type: 'remove_lock', lockId: 'l', force: true },
      { type: 'remove_lock', lockId: 'l', force: true },
    ],
    [
      { type: 'remove_lock', args: { lockId: 'l', force: 'yes' } },
      { type: 'remove_lock', lockId: 'l', force: false },
    ],
    [{ type: 'remove_lock', args: {} }, undefined],
    [{ type: 'cancel' }, { type: 'cancel' }],
    [{ type: 'get_nodes' }, { type: 'get_nodes' }],
    [{ type: 'set_wifi_credentials' }, undefined],
    [{ type: 'unlock' }, undefined],
    [{}, undefined],
  ])('%j', (members, read) => {
    expect(readHubCommand(command(members))).toEqual(read);
  });

  it('is read of a lock as an operation, with its PIN as it was sent', () => {
    expect(readLockCommand(command({ type: 'unbolt', pin: { v: 1 } }))).toEqual({
      operation: 'unbolt',
      pin: { v: 1 },
    });
    expect(readLockCommand(command({ type: 'remove_lock' }))).toBeUndefined();
  });
});

describe('the code of a pairing', () => {
  it.each([
    ['34970112332', undefined],
    ['MT:Y.K9042C00KA0648G00', undefined],
    ['34970121332', 'COMMISSIONING_CODE_CHECK_DIGIT'],
    ['1234567891234567856718', 'COMMISSIONING_CODE_FORMAT'],
    ['hello', 'COMMISSIONING_CODE_FORMAT'],
    ['83610875351', 'COMMISSIONING_CODE_INVALID'],
    ['MT:Y.K9042C004QG46Y900', 'COMMISSIONING_CODE_INVALID'],
  ])('%s', (code, error) => {
    const read = readPairingCode(code);
    expect(read.ok ? undefined : read.error).toBe(error);
  });
});
