/** Why a PIN is guessed among the first. */
export type PinWeakness = 'same' | 'run' | 'repeat' | 'date';

const isRun = (digits: readonly number[], step: number): boolean =>
  digits.every((digit, place) => place === 0 || (digit - (digits[place - 1] ?? 0) + 10) % 10 === step);

const isYear = (text: string): boolean => /^(19[2-9]\d|20[0-3]\d)$/.test(text);
const isDayAndMonth = (text: string): boolean => {
  const [one, other] = [Number(text.slice(0, 2)), Number(text.slice(2))];
  const isPair = (day: number, month: number) => day >= 1 && day <= 31 && month >= 1 && month <= 12;
  return isPair(one, other) || isPair(other, one);
};

/** A year, a date with a year of two or four digits, in any order that people write. */
function isDate(pin: string): boolean {
  if (pin.length === 4) return isYear(pin);
  if (pin.length === 6) return isDayAndMonth(pin.slice(0, 4)) || isDayAndMonth(pin.slice(2));
  if (pin.length !== 8) return false;
  return (
    (isYear(pin.slice(4)) && isDayAndMonth(pin.slice(0, 4))) ||
    (isYear(pin.slice(0, 4)) && isDayAndMonth(pin.slice(4)))
  );
}

/** What makes a PIN of digits weak, the worst first; undefined: nothing that is known. */
export function pinWeakness(pin: string): PinWeakness | undefined {
  if (/^(\d)\1+$/.test(pin)) return 'same';
  const digits = [...pin].map(Number);
  if (isRun(digits, 1) || isRun(digits, 9)) return 'run';
  if (/^(\d{1,4})\1+$/.test(pin) || /^(\d)\1*(\d)\2*$/.test(pin)) return 'repeat';
  return isDate(pin) ? 'date' : undefined;
}
