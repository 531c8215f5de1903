import { randomInt } from 'node:crypto';
import { hashToken, type Secrets } from '../secrets';

/** Without 0, O, 1 and I, which people mistake for each other. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const groups = 3;
const groupLength = 4;

/** A code that a person can read off a label and type: 60 random bits as `ABCD-EFGH-JKLM`. */
export function makeClaimCode(): string {
  const group = () => Array.from({ length: groupLength }, () => letters[randomInt(letters.length)]).join('');
  return Array.from({ length: groups }, group).join('-');
}

/** What finds a code again, however it was typed: case, blanks and dashes do not count. */
export const hashClaimCode = (typed: string): Buffer =>
  hashToken(typed.toUpperCase().replace(/[^A-Z0-9]/g, ''));

export const sealClaimCode = (secrets: Secrets, code: string): Buffer => secrets.seal(Buffer.from(code));
export const openClaimCode = (secrets: Secrets, sealed: Buffer): string => secrets.open(sealed).toString();
