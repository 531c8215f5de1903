import { describe, expect, it } from 'vitest';
import { readSealedPin, type SealedPin } from '@/server/domain/hub/sealed-pin';
import { sealPin } from '@/server/testing/seal-pin';
import { makePinKey, pinKeyOf } from './pin-key';

const key = pinKeyOf(makePinKey());
const seal = (pin: string, publicKey = key.publicKey): SealedPin => {
  const read = readSealedPin(sealPin(pin, publicKey, 'lock-a', 'command-1'));
  if (read === undefined) throw new Error('not sealed');
  return read;
};

describe('the key for PINs', () => {
  it('opens what was sealed to it, for the command it was sealed for', () => {
    expect(key.open(seal('2468'), 'lock-a', 'command-1')).toBe('2468');
    expect(key.open(seal('2468'), 'lock-a', 'command-2')).toBeUndefined();
    expect(key.open(seal('2468'), 'lock-b', 'command-1')).toBeUndefined();
  });

  it('opens nothing that was sealed to another, changed, or is no PIN', () => {
    const other = pinKeyOf(makePinKey());
    expect(key.open(seal('2468', other.publicKey), 'lock-a', 'command-1')).toBeUndefined();
    const sealed = seal('2468');
    const bytes = Buffer.from(sealed.box, 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const box = changed.toString('base64url');
      expect(key.open({ ...sealed, box }, 'lock-a', 'command-1')).toBeUndefined();
    }
    expect(key.open({ ...sealed, box: 'AA' }, 'lock-a', 'command-1')).toBeUndefined();
    // A point of small order gives a secret that everybody knows.
    const nothing = { ...sealed, key: Buffer.alloc(32).toString('base64url') };
    expect(key.open(nothing, 'lock-a', 'command-1')).toBeUndefined();
    expect(key.open(seal('12'), 'lock-a', 'command-1')).toBeUndefined();
  });

  it('is the same after it was kept, and no key of another kind', () => {
    const pem = makePinKey();
    expect(pinKeyOf(pem).publicKey).toBe(pinKeyOf(pem).publicKey);
    expect(Buffer.from(pinKeyOf(pem).publicKey, 'base64url')).toHaveLength(32);
  });
});
