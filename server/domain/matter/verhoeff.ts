/** How one digit position moves every digit; eight applications of it come full circle (matter-codes 2). */
const step = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4] as const;

const permutations: number[][] = [Array.from({ length: 10 }, (_, digit) => digit)];
for (let row = 1; row < 8; row += 1) {
  permutations.push((permutations[row - 1] ?? []).map((digit) => step[digit] ?? 0));
}

/** Product in the dihedral group of order ten: five rotations, then five reflections. */
function multiply(one: number, other: number): number {
  if (one < 5) return other < 5 ? (one + other) % 5 : 5 + ((one + other) % 5);
  return other < 5 ? 5 + ((one - other) % 5) : (one - other + 5) % 5;
}

/** Reflections undo themselves, rotations turn back. */
const inverse = (element: number): number => (element > 0 && element < 5 ? 5 - element : element);

/** The Verhoeff check digit of a text of ASCII digits, most significant first (matter-codes 2). */
export function checkDigit(digits: string): string {
  let check = 0;
  for (let place = 1; place <= digits.length; place += 1) {
    const digit = digits.charCodeAt(digits.length - place) - 48;
    check = multiply(check, permutations[place % 8]?.[digit] ?? 0);
  }
  return String(inverse(check));
}
