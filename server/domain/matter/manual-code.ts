import { type OnboardingPayload, type Refused, refused } from './onboarding-payload';
import { isPasscode } from './passcode';
import { checkDigit } from './verhoeff';

const shortLength = 11;
const longLength = 21;
/** The largest vendor id that is one (matter-codes 2). */
const largestVendor = 0xfff4;
const largestProduct = 0xffff;
const hasVendorBit = 4;

export const allowedForms = 'A code has 11 or 21 digits, or begins with MT:';

/**
 * Reads a manual pairing code of ASCII digits alone (matter-codes 2). The check digit is looked at early, so that a
 * typing error is called one.
 */
export function readManualCode(digits: string): { ok: true; payload: OnboardingPayload } | Refused {
  if (digits.length !== shortLength && digits.length !== longLength)
    return refused('length', `There are ${digits.length} digits. ${allowedForms}`);
  if (checkDigit(digits.slice(0, -1)) !== digits.slice(-1)) {
    return refused(
      'check-digit',
      'The last digit does not fit the others: one of the digits is wrong, or two are swapped.',
    );
  }
  const first = Number(digits[0]);
  if (first >= 8) return refused('version', 'The first digit announces a newer kind of code.');
  const isLong = (first & hasVendorBit) !== 0;
  if (isLong !== (digits.length === longLength)) {
    const wanted = isLong ? longLength : shortLength;
    return refused(
      'length',
      `The first digit announces a code of ${wanted} digits, and there are ${digits.length}.`,
    );
  }
  const upper = Number(digits.slice(1, 6));
  const lower = Number(digits.slice(6, 10));
  if (upper > 0xffff) return refused('range', 'Digits 2 to 6 say more than a code can hold.');
  if (lower > 0x1fff) return refused('range', 'Digits 7 to 10 say more than a code can hold.');
  const vendorId = isLong ? Number(digits.slice(10, 15)) : 0;
  const productId = isLong ? Number(digits.slice(15, 20)) : 0;
  if (vendorId > largestVendor) return refused('range', 'Digits 11 to 15 name no vendor that can exist.');
  if (productId > largestProduct) return refused('range', 'Digits 16 to 20 name no product that can exist.');
  const passcode = lower * 0x4000 + (upper & 0x3fff);
  if (!isPasscode(passcode))
    return refused('passcode', 'Digits 2 to 10 hold a passcode that no device may have.');
  return {
    ok: true,
    payload: {
      passcode,
      shortDiscriminator: ((first & 3) << 2) | (upper >> 14),
      ...(vendorId === 0 ? {} : { vendorId }),
      ...(isLong && (vendorId !== 0 || productId !== 0) ? { productId } : {}),
    },
  };
}

const requireWithin = (name: string, value: number, most: number): void => {
  if (!Number.isInteger(value) || value < 0 || value > most)
    throw new RangeError(`${name} must be a whole number from 0 to ${most}`);
};

/**
 * Writes a manual pairing code, canonical: 11 digits, or 21 when the payload names a vendor or product (matter-codes 2,
 * 5). Throws RangeError for what no code can carry.
 */
export function writeManualCode(
  payload: Pick<OnboardingPayload, 'passcode' | 'shortDiscriminator' | 'vendorId' | 'productId'>,
): string {
  const { passcode, shortDiscriminator, vendorId = 0, productId = 0 } = payload;
  if (!isPasscode(passcode)) throw new RangeError('the passcode is none that a device may have');
  requireWithin('the short discriminator', shortDiscriminator, 0xf);
  requireWithin('the vendor id', vendorId, largestVendor);
  requireWithin('the product id', productId, largestProduct);
  const isLong = payload.vendorId !== undefined || payload.productId !== undefined;
  const padded = (value: number, width: number) => String(value).padStart(width, '0');
  const digits =
    String((isLong ? hasVendorBit : 0) | (shortDiscriminator >> 2)) +
    padded(((shortDiscriminator & 3) << 14) | (passcode & 0x3fff), 5) +
    padded(Math.floor(passcode / 0x4000), 4) +
    (isLong ? padded(vendorId, 5) + padded(productId, 5) : '');
  return digits + checkDigit(digits);
}

/** Groups a manual code as it is printed: 4-3-4, the long form 4-3-4-5-5 (matter-codes 1). */
export const groupManualCode = (digits: string): string =>
  [digits.slice(0, 4), digits.slice(4, 7), digits.slice(7, 11), digits.slice(11, 16), digits.slice(16)]
    .filter((group) => group !== '')
    .join('-');
