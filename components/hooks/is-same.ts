/** Whether two values are sent as the same JSON: what is undefined in one may be absent in the other. */
export const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
