import { describe, expect, it } from 'vitest';
import { checkTyped } from './code-check';

const states = (typed: string) => checkTyped(typed).groups.map(({ state }) => state);

describe('a pairing code as it is typed', () => {
  it('fills its groups of four, three and four, in any spacing', () => {
    expect(checkTyped('')).toMatchObject({ form: 'empty', isGood: false });
    expect(states('3497')).toEqual(['full', 'waiting', 'waiting']);
    expect(states('3497-01')).toEqual(['full', 'typing', 'waiting']);
    expect(checkTyped('3497-01')).toMatchObject({ digits: 6, wanted: 11, missing: 5, isGood: false });
    for (const typed of ['34970112332', '3497-011-2332', ' 3497 011 2332 ', '3 4 9 7 0 1 1 2 3 3 2']) {
      expect(checkTyped(typed)).toMatchObject({ isGood: true, digits: 11 });
      expect(checkTyped(typed).problem).toBeUndefined();
    }
  });

  it('names the group of a character that is no digit', () => {
    expect(checkTyped('3497-O11-2332').problem).toEqual({ what: 'character', group: 2 });
    expect(states('3497-O11-2332')[1]).toBe('wrong');
    expect(checkTyped('3497-011-233x').problem).toEqual({ what: 'character', group: 3 });
  });

  it('names a group that no code can hold before all is typed', () => {
    expect(checkTyped('9').problem).toEqual({ what: 'version' });
    expect(checkTyped('399999').problem).toEqual({ what: 'range', group: 2 });
    expect(states('399999')).toEqual(['wrong', 'wrong', 'waiting']);
    expect(checkTyped('3497019999').problem).toEqual({ what: 'range', group: 3 });
  });

  it('knows a wrong digit by the check digit, and a digit too many', () => {
    expect(checkTyped('3497-011-2333').problem).toEqual({ what: 'check' });
    expect(states('3497-011-2333')).toEqual(['full', 'full', 'wrong']);
    expect(checkTyped('3497-011-23321').problem).toEqual({ what: 'long', count: 1 });
  });

  it('expects five groups when the first digit announces maker and product', () => {
    expect(checkTyped('7')).toMatchObject({ wanted: 21, missing: 20 });
    expect(states('7497')).toEqual(['full', 'waiting', 'waiting', 'waiting', 'waiting']);
  });

  it('reads the text of a QR code, also in small letters, and names the character that is wrong', () => {
    expect(checkTyped('MT:Y.K9042C00KA0648G00')).toMatchObject({
      form: 'qr',
      isGood: true,
      vendorId: 65521,
      productId: 32768,
    });
    expect(checkTyped('mt:y.k9042c00ka0648g00').isGood).toBe(true);
    expect(checkTyped('MT:Y.K9042').problem).toBeUndefined();
    expect(checkTyped('MT:Y.K9!42').problem).toEqual({ what: 'qrCharacter', at: 5 });
    expect(checkTyped('HELLO').problem).toEqual({ what: 'prefix' });
  });
});
