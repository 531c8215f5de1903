const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-.';
const values = new Map([...alphabet].map((character, value) => [character, value]));

/** Characters of a group and the bytes they stand for (matter-codes 4). */
const bytesOfGroup: Record<number, number> = { 5: 3, 4: 2, 2: 1 };
const charactersOfRest: Record<number, number> = { 3: 5, 2: 4, 1: 2 };

export type Base38 =
  | { ok: true; bytes: Uint8Array }
  /** `at`: the character that is wrong, or the first of the group that is; counted from 0. */
  | { ok: false; reason: 'characters' | 'length' | 'range'; at: number };

/** Reads base38: groups of five characters, least significant first, and a rest of four or two (matter-codes 4). */
export function readBase38(text: string): Base38 {
  const digits: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const value = values.get(text.charAt(at));
    if (value === undefined) return { ok: false, reason: 'characters', at };
    digits.push(value);
  }
  const rest = digits.length % 5;
  if (rest === 1 || rest === 3) return { ok: false, reason: 'length', at: digits.length };
  const bytes: number[] = [];
  for (let at = 0; at < digits.length; at += 5) {
    const group = digits.slice(at, at + 5);
    let number = 0;
    for (const digit of group.reverse()) number = number * 38 + digit;
    const count = bytesOfGroup[group.length] ?? 0;
    if (number >= 256 ** count) return { ok: false, reason: 'range', at };
    for (let byte = 0; byte < count; byte += 1) bytes.push((number >>> (8 * byte)) & 0xff);
  }
  return { ok: true, bytes: Uint8Array.from(bytes) };
}

/** Writes bytes as base38. */
export function writeBase38(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = bytes.subarray(at, at + 3);
    let number = group.reduceRight((sum, byte) => sum * 256 + byte, 0);
    for (let count = charactersOfRest[group.length] ?? 0; count > 0; count -= 1) {
      text += alphabet.charAt(number % 38);
      number = Math.floor(number / 38);
    }
  }
  return text;
}
