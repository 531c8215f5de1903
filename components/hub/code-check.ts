import { readBase38 } from '@/server/domain/matter/base38';
import { readCommissioningCode } from '@/server/domain/matter/onboarding-code';

/** Sizes of the groups that a manual code is printed in (matter-codes 1). */
const shortSizes = [4, 3, 4];
const longSizes = [4, 3, 4, 5, 5];
const vendorBit = 4;
const largestUpper = 0xffff;
const largestLower = 0x1fff;
const passedOn = 22;

export interface CodeGroup {
  text: string;
  size: number;
  state: 'waiting' | 'typing' | 'full' | 'wrong';
}

export type CodeProblem =
  | { what: 'character'; group: number }
  | { what: 'version' }
  | { what: 'range'; group: number }
  | { what: 'check' }
  | { what: 'passcode' }
  | { what: 'long'; count: number }
  | { what: 'prefix' }
  | { what: 'qrCharacter'; at: number }
  | { what: 'qrRange'; at: number }
  | { what: 'qrBad' };

/** What a code says of itself while it is typed. */
export interface TypedCode {
  form: 'empty' | 'manual' | 'qr';
  /** Of a manual code. */
  groups: CodeGroup[];
  digits: number;
  wanted: number;
  /** What cannot become right by typing on. */
  problem?: CodeProblem;
  /** Nothing is wrong, but there is more to come. */
  missing?: number;
  isGood: boolean;
  vendorId?: number;
  productId?: number;
}

/** A text as it is checked and sent: codes with letters are upper case, however a keyboard wrote them. */
export const asCode = (typed: string): string => {
  const trimmed = typed.trim();
  return /^mt?:?$|^mt:/i.test(trimmed) ? trimmed.toUpperCase() : trimmed;
};

/** Which printed group a digit stands in, counted from 1. */
function groupOf(digitIndex: number, sizes: readonly number[]): number {
  let from = 0;
  for (const [index, size] of sizes.entries()) {
    from += size;
    if (digitIndex < from) return index + 1;
  }
  return sizes.length;
}

function groupsOf(digits: string, sizes: readonly number[], wrong: ReadonlySet<number>): CodeGroup[] {
  let from = 0;
  return sizes.map((size, index) => {
    const text = digits.slice(from, from + size);
    from += size;
    const state = wrong.has(index + 1)
      ? 'wrong'
      : text === ''
        ? 'waiting'
        : text.length < size
          ? 'typing'
          : 'full';
    return { text, size, state };
  });
}

/** The first thing about these digits that typing on cannot mend, and the groups it lies in. */
function problemOf(digits: string, wanted: number): { problem: CodeProblem; groups: number[] } | undefined {
  if (Number(digits[0]) >= 8) return { problem: { what: 'version' }, groups: [1] };
  if (digits.length >= 6 && Number(digits.slice(1, 6)) > largestUpper)
    return { problem: { what: 'range', group: 2 }, groups: [1, 2] };
  if (digits.length >= 10 && Number(digits.slice(6, 10)) > largestLower)
    return { problem: { what: 'range', group: 3 }, groups: [2, 3] };
  if (digits.length > wanted && digits.length !== passedOn)
    return { problem: { what: 'long', count: digits.length - wanted }, groups: [] };
  if (digits.length !== wanted) return undefined;
  const read = readCommissioningCode(digits);
  if (read.ok) return undefined;
  switch (read.reason) {
    case 'check-digit':
      return { problem: { what: 'check' }, groups: [wanted === 11 ? 3 : 5] };
    case 'passcode':
      return { problem: { what: 'passcode' }, groups: [1, 2, 3] };
    default: {
      const group = Number(digits.slice(10, 15)) > 0xfff4 ? 4 : 5;
      return { problem: { what: 'range', group }, groups: [group] };
    }
  }
}

function checkManual(text: string): TypedCode {
  let digits = '';
  let strangeAt: number | undefined;
  for (const character of text) {
    if (/[0-9]/.test(character)) digits += character;
    else if (!/[\s\uFEFF\-\u2010-\u2015\u2212]/u.test(character)) strangeAt ??= digits.length;
  }
  const isLong = digits !== '' && Number(digits[0]) < 8 && (Number(digits[0]) & vendorBit) !== 0;
  const sizes = isLong ? longSizes : shortSizes;
  const wanted = isLong ? 21 : 11;
  const found =
    strangeAt === undefined
      ? problemOf(digits, wanted)
      : {
          problem: { what: 'character', group: groupOf(strangeAt, sizes) } as const,
          groups: [groupOf(strangeAt, sizes)],
        };
  const read = found === undefined ? readCommissioningCode(text) : undefined;
  const payload = read?.ok === true ? read.payload : undefined;
  return {
    form: 'manual',
    groups: groupsOf(digits, sizes, new Set(found?.groups)),
    digits: digits.length,
    wanted,
    isGood: read?.ok === true,
    ...(found === undefined ? {} : { problem: found.problem }),
    ...(found === undefined && digits.length < wanted ? { missing: wanted - digits.length } : {}),
    ...(payload?.vendorId === undefined ? {} : { vendorId: payload.vendorId }),
    ...(payload?.productId === undefined ? {} : { productId: payload.productId }),
  };
}

function checkQr(text: string): TypedCode {
  const nothing: TypedCode = { form: 'qr', groups: [], digits: 0, wanted: 0, isGood: false };
  const read = readCommissioningCode(text);
  if (read.ok) {
    const { payload } = read;
    return {
      ...nothing,
      isGood: true,
      ...(payload?.vendorId === undefined ? {} : { vendorId: payload.vendorId }),
      ...(payload?.productId === undefined ? {} : { productId: payload.productId }),
    };
  }
  if (!text.startsWith('MT:') || text.length === 3) return { ...nothing, missing: 1 };
  const [body = ''] = text.slice(3).split('*');
  const decoded = readBase38(body);
  if (!decoded.ok && decoded.reason !== 'length') {
    const what = decoded.reason === 'characters' ? 'qrCharacter' : 'qrRange';
    return { ...nothing, problem: { what, at: decoded.at + 1 } };
  }
  return read.reason === 'length' ? { ...nothing, missing: 1 } : { ...nothing, problem: { what: 'qrBad' } };
}

/** Checks a pairing code as it is typed, by the rules that the service judges it by. Never throws. */
export function checkTyped(typed: string): TypedCode {
  const text = asCode(typed);
  if (text === '') return { form: 'empty', groups: [], digits: 0, wanted: 11, isGood: false };
  if (/^M(T:?)?$|^MT:/.test(text)) return checkQr(text);
  if (/^\p{L}/u.test(text))
    return {
      form: 'qr',
      groups: [],
      digits: 0,
      wanted: 0,
      isGood: false,
      problem: { what: 'prefix' },
    };
  return checkManual(text);
}
