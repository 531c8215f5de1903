import { allowedForms, readManualCode } from './manual-code';
import { type OnboardingPayload, type Refused, refused } from './onboarding-payload';
import { qrPrefix, readQrCode } from './qr-code';

export type OnboardingCode = { ok: true; kind: 'manual' | 'qr'; payloads: OnboardingPayload[] } | Refused;

const blank = /[\p{White_Space}\uFEFF]/u;
const dash = /[-\u2010-\u2015\u2212]/;
const letter = /^\p{L}/u;

/** Without the white space around it. By hand: an expression for the end of a text takes quadratic time. */
function trimmed(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && blank.test(text.charAt(from))) from += 1;
  while (to > from && blank.test(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

/** Digits of a trimmed text without the blanks and the dashes between them; a dash at an end is between no digits. */
function digitsOf(text: string): { ok: true; digits: string } | Refused {
  let wrong = -1;
  let hasContent = false;
  let digits = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character >= '0' && character <= '9') digits += character;
    else if (dash.test(character)) {
      if (wrong < 0 && (at === 0 || at === text.length - 1)) wrong = at;
    } else if (!blank.test(character)) {
      hasContent = true;
      wrong = at;
      break;
    }
  }
  if (!hasContent && digits === '') return refused('length', `There is no code yet. ${allowedForms}`);
  if (letter.test(text)) return refused('prefix', 'A code with letters begins with MT: in capital letters.');
  if (wrong >= 0) return refused('characters', `Character ${wrong + 1} is no digit. ${allowedForms}`);
  return { ok: true, digits };
}

/** The code as it is sent on: a QR text without blanks around it, else the digits alone (matter-codes 1). */
export function cleanOnboardingCode(
  text: string,
): { ok: true; kind: 'manual' | 'qr'; code: string } | Refused {
  const code = trimmed(text);
  if (code.startsWith(qrPrefix)) return { ok: true, kind: 'qr', code };
  const read = digitsOf(code);
  return read.ok ? { ok: true, kind: 'manual', code: read.digits } : read;
}

/**
 * Reads a Matter onboarding code as it was typed or scanned, in either form (matter-codes 5). Never throws; takes time
 * in proportion to the text.
 */
export function parseOnboardingCode(text: string): OnboardingCode {
  const cleaned = cleanOnboardingCode(text);
  if (!cleaned.ok) return cleaned;
  if (cleaned.kind === 'qr') {
    const read = readQrCode(cleaned.code);
    return read.ok ? { ok: true, kind: 'qr', payloads: read.payloads } : read;
  }
  const read = readManualCode(cleaned.code);
  return read.ok ? { ok: true, kind: 'manual', payloads: [read.payload] } : read;
}

/** Digits in the form that the lock API's own pages promise and Matter does not know (matter-codes 1). */
const undecodedLength = 22;

/** A code for a hub: `payload` is the first device's; absent for 22 digits, which are passed on as they are. */
export type CommissioningCode =
  | { ok: true; kind: 'manual' | 'qr' | 'other'; code: string; payload?: OnboardingPayload }
  | Refused;

/** What CommissionDevice takes: every good onboarding code, and 22 digits undecoded (matter-codes 1, lock-api 6.2). */
export function readCommissioningCode(text: string): CommissioningCode {
  const cleaned = cleanOnboardingCode(text);
  if (!cleaned.ok) return cleaned;
  const { kind, code } = cleaned;
  if (kind === 'manual' && code.length === undecodedLength) return { ok: true, kind: 'other', code };
  const read = parseOnboardingCode(code);
  if (!read.ok) return read;
  const [payload] = read.payloads;
  return { ok: true, kind, code, ...(payload === undefined ? {} : { payload }) };
}
