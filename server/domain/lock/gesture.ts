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

const dayMinutes = 24 * 60;

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

/** Whether the clock of the home shows night, by the rule alone; equal ends are the whole day. */
function isNightMinute({ nightFromMinute, nightUntilMinute }: GestureRule, minute: number): boolean {
  const from = nightFromMinute ?? 0;
  const until = nightUntilMinute ?? dayMinutes;
  if (from === until) return true;
  return from < until ? minute >= from && minute < until : minute >= from || minute < until;
}

const asksAt = (rule: GestureRule, minute: number): boolean =>
  rule.gesture === 'hold-passkey' || (rule.nightGesture === 'hold-passkey' && isNightMinute(rule, minute));

/** Whether there is a minute of the day at which one rule asks for a passkey and the next one does not. */
export function dropsPasskey(before: GestureRule, after: GestureRule): boolean {
  for (let minute = 0; minute < dayMinutes; minute += 1)
    if (asksAt(before, minute) && !asksAt(after, minute)) return true;
  return false;
}

/** Whether a passkey is asked for at some hour of the day. */
export const mayAskForPasskey = (rule: Pick<GestureRule, 'gesture' | 'nightGesture'>): boolean =>
  rule.gesture === 'hold-passkey' || rule.nightGesture === 'hold-passkey';
