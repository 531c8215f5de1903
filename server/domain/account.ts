import { type Failure, invalidField } from './errors';

/** A short list on purpose: what guessing programs try first. */
const common = new Set(
  `password password1 password12 password123 passw0rd 12345678 123456789 1234567890 12341234 11111111 00000000 87654321
  qwertyui qwerty12 qwerty123 qwertyuiop asdfghjk asdfasdf iloveyou letmein1 letmein123 welcome1 welcome123 admin123
  administrator sunshine football baseball princess superman trustno1 whatever dragon12 monkey123 abc12345 abcd1234
  1q2w3e4r 1qaz2wsx zaq12wsx starwars changeme changeme1 secret12 latchkey latchkey1`.split(/\s+/),
);

/** Password rules (quality, security values): `least` to 128 characters, not common, not the address itself. */
export function checkPassword(
  password: string,
  email: string | undefined,
  field = 'password',
  least = 8,
): Failure | undefined {
  const length = [...password].length;
  if (length < least)
    return invalidField(field, `must have at least ${least} characters`, 'PASSWORD_TOO_SHORT');
  if (length > 128) return invalidField(field, 'must have at most 128 characters', 'INVALID_PARAMETER');
  if (password.includes('\u0000')) return invalidField(field, 'must not contain NUL');
  const lower = password.toLowerCase();
  if (common.has(lower) || lower === email?.toLowerCase() || new Set(lower).size < 3) {
    return invalidField(field, 'is too easy to guess', 'PASSWORD_TOO_WEAK');
  }
  return undefined;
}

const emailShape =
  /^[^\s\p{Cc}@"(),:;<>[\\\]]{1,64}@(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)*[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/u;

/** The address as it is stored, or undefined when it is none. */
export function readEmail(text: string): string | undefined {
  const trimmed = text.trim();
  return trimmed.length <= 254 && emailShape.test(trimmed) ? trimmed : undefined;
}

/** E.164 with leading `+` (mode-api 1.6); separators that people type are taken out. */
export function readPhoneNumber(text: string): string | undefined {
  const compact = text.replace(/[\s().-]/g, '');
  return /^\+[1-9]\d{6,14}$/.test(compact) ? compact : undefined;
}
