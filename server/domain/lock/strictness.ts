import type { LockGesture } from './aggregate';

const strength: Record<LockGesture, number> = { tap: 0, hold: 1, 'hold-passkey': 2 };

/** Whether a gesture asks for more than another. */
export const isStricter = (one: LockGesture, other: LockGesture): boolean => strength[one] > strength[other];
