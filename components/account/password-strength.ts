import { checkPassword } from '@/server/domain/account';

/** Shortest password of a person. */
export const passwordLeast = 8;

export type PasswordTrouble = 'missing' | 'short' | 'long' | 'weak';
export type PasswordStrength = 'none' | 'weak' | 'fair' | 'good' | 'strong';

/** Why the service would refuse a password, by its own rules; undefined: it takes it. */
export function passwordTrouble(
  password: string,
  email?: string,
  least = passwordLeast,
): PasswordTrouble | undefined {
  if (password === '') return 'missing';
  switch (checkPassword(password, email, undefined, least)?.reason) {
    case undefined:
      return undefined;
    case 'PASSWORD_TOO_SHORT':
      return 'short';
    case 'PASSWORD_TOO_WEAK':
      return 'weak';
    default:
      return 'long';
  }
}

/** Rows on a keyboard and in the alphabet, along which nobody's choice is a surprise. */
const rows = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

const isNextTo = (one: string, other: string): boolean =>
  one === other || rows.some((row) => row.includes(one + other) || row.includes(other + one));

const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u];

/** How many characters are a surprise after the one before: repeats and runs count little. */
function surprises(password: string): number {
  const characters = [...password.toLowerCase()];
  return characters.reduce(
    (sum, character, index) =>
      sum + (index > 0 && isNextTo(characters[index - 1] ?? '', character) ? 0.25 : 1),
    0,
  );
}

/** A rough word for how long guessing would take: length that is not a run counts most, variety a little. */
export function passwordStrength(password: string, email?: string, least = passwordLeast): PasswordStrength {
  if (passwordTrouble(password, email, least) !== undefined) return 'none';
  const variety = kinds.filter((kind) => kind.test(password)).length;
  const score = surprises(password) + (variety - 1) * 1.5;
  if (score < 9) return 'weak';
  if (score < 12) return 'fair';
  return score < 16 ? 'good' : 'strong';
}
