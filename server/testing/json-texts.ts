/** Numbers of a seed, the same on every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const numbers = ['0', '-0', '1.0', '1e400', '-1E-400', '9007199254740993', '-18446744073709551616', '0.10'];
const strings = [
  '""',
  '"a"',
  '"null"',
  '"\\u0000"',
  '"\\ud83c"',
  '"\\"}],{[\\\\"',
  '"\\/\\b\\f\\n\\r\\t"',
  '"blåbær 🏔"',
  '"__proto__"',
  '"%_\'\\u0027;--"',
];
const names = ['"a"', '"b"', '"1"', '"__proto__"', '"a"', '"value"', '"\\u0061"', '""', '"constructor"'];
const blanks = ['', '', '', ' ', '\n', '\t \r'];

/** JSON texts of many shapes: every kind of value, odd numbers, escapes, doubled and dangerous names, blanks between. */
export function jsonTexts(seed: number, count: number): string[] {
  const random = seeded(seed);
  const one = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const value = (depth: number): string => {
    const kind = Math.floor(random() * (depth > 4 ? 3 : 5));
    if (kind === 0) return one(numbers);
    if (kind === 1) return one(strings);
    if (kind === 2) return one(['true', 'false']);
    const blank = one(blanks);
    const members = Array.from({ length: Math.floor(random() * 4) }, () =>
      kind === 3 ? value(depth + 1) : `${one(names)}${one(blanks)}:${one(blanks)}${value(depth + 1)}`,
    );
    const inside = members.join(`${blank},${blank}`);
    return kind === 3 ? `[${blank}${inside}${blank}]` : `{${blank}${inside}${blank}}`;
  };
  return Array.from({ length: count }, () => value(0));
}
