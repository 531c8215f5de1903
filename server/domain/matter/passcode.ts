const largest = 99_999_998;
/** Guessable ones, which neither open a pairing nor are ever printed (matter-codes 3). */
const disallowed: ReadonlySet<number> = new Set([
  ...Array.from({ length: 10 }, (_, digit) => digit * 11_111_111),
  12_345_678,
  87_654_321,
]);

/** Whether a number may be a setup passcode: 1 to 99999998 and none of the guessable ones (matter-codes 3). */
export const isPasscode = (passcode: number): boolean =>
  Number.isInteger(passcode) && passcode >= 1 && passcode <= largest && !disallowed.has(passcode);
