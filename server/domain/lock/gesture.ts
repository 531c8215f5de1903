import type { Gesture } from '../../contracts/locks';
import { always, isInWindow } from '../access/window';

/** What a lock asks of a person before it is asked to open. */
export interface GestureRule {
  gesture: Gesture;
  /** The gesture of the night; null: none of its own. */
  nightGesture: Gesture | null;
  /** Minutes after midnight in the home's time zone; an end at or before the start is on the next day. */
  nightFromMinute: number | null;
  nightUntilMinute: number | null;
}

const strength: Record<Gesture, number> = { tap: 0, hold: 1, 'hold-passkey': 2 };

/** Of two gestures the one that asks for more. */
export const stricterGesture = (one: Gesture, other: Gesture): Gesture =>
  strength[other] > strength[one] ? other : one;

function isNight({ nightFromMinute, nightUntilMinute }: GestureRule, at: Date, zone: string): boolean {
  const night = { ...always, fromMinute: nightFromMinute, untilMinute: nightUntilMinute };
  try {
    return isInWindow(night, at, zone);
  } catch {
    // Nobody knows what the clock shows in a zone that does not exist: then it may be night.
    return true;
  }
}

/**
 * The gesture that counts at an instant. The night only ever asks for more: where the day's gesture is the stricter one,
 * it holds on.
 */
export function gestureAt(rule: GestureRule, at: Date, zone: string): Gesture {
  if (rule.nightGesture === null || !isNight(rule, at, zone)) return rule.gesture;
  return stricterGesture(rule.gesture, rule.nightGesture);
}

/** Whether a passkey is asked for at some hour of the day. */
export const mayAskForPasskey = (rule: Pick<GestureRule, 'gesture' | 'nightGesture'>): boolean =>
  rule.gesture === 'hold-passkey' || rule.nightGesture === 'hold-passkey';
