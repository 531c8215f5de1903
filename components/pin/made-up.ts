import { pinWeakness } from '@/server/domain/lock/weak-pin';

/** Random digits that are not guessed among the first: six, or as near to it as a keypad takes. */
export function makeUpPin({ minLength, maxLength }: { minLength: number; maxLength: number }): string {
  const length = Math.min(Math.max(6, minLength), maxLength);
  for (;;) {
    // A byte of 250 and more would make the small digits likelier.
    const bytes = [...crypto.getRandomValues(new Uint8Array(length * 4))].filter((byte) => byte < 250);
    const pin = bytes
      .slice(0, length)
      .map((byte) => byte % 10)
      .join('');
    if (pin.length === length && pinWeakness(pin) === undefined) return pin;
  }
}
