import { describe, expect, it } from 'vitest';
import type { Json } from '../json';
import { isPin, pinContext, readSealedPin, writeSealedPin } from './sealed-pin';

const good = { v: 1, key: 'A'.repeat(43), box: 'b0x' } as const;

describe('a sealed PIN', () => {
  it('is read as it was written', () => {
    expect(readSealedPin(writeSealedPin(good))).toEqual(good);
  });

  it.each<[string, Json | undefined]>([
    ['nothing', undefined],
    ['a PIN in the clear', '2468'],
    ['another version', { ...good, v: 2 }],
    ['a short key', { ...good, key: 'AAAA' }],
    ['a key of other letters', { ...good, key: '='.repeat(43) }],
    ['no box', { v: 1, key: good.key }],
    ['a box of a number', { ...good, box: 1 }],
    ['a huge box', { ...good, box: 'a'.repeat(121) }],
  ])('is not read from %s', (_, value) => {
    expect(readSealedPin(value)).toBeUndefined();
  });

  it('is bound to its thing and its command', () => {
    const contexts = [pinContext('lock-a', '1'), pinContext('lock-a', '2'), pinContext('lock-b', '1')];
    expect(new Set(contexts).size).toBe(3);
  });

  it.each([
    ['1234', true],
    ['12345678', true],
    ['123', false],
    ['123456789', false],
    ['12a4', false],
    ['１２３４', false],
  ])('%s is a PIN: %s', (text, is) => {
    expect(isPin(text)).toBe(is);
  });
});
