import type { Gesture } from '../../contracts/locks';
import { always, isInWindow, nextChange, type Window } from '../access/window';

/** What a lock asks of a person before it is asked to open. */
export interface GestureRule {
  gesture: Gesture;
  /** The gesture of the night; null: none of its own. */
  nightGesture: Gesture | null;
  /** Minutes after midnight in the home's time zone; an end at or before the start is on the next day. */
  nightFromMinute: number | null;
  nightUntilMinute: number | null;
  /** The gesture for whoever is not known to be at home; null: none of its own. */
  remoteGesture: Gesture | null;
}

/** What may make a lock ask for more. */
export type Condition = 'night' | 'remote';

/** Under which a person asks. */
export interface Circumstances {
  at: Date;
  /** IANA zone of the home. */
  zone: string;
  /** Known to be at home; whoever may be anywhere is not. */
  isAtHome: boolean;
}

const dayMinutes = 24 * 60;

const strength: Record<Gesture, number> = { tap: 0, hold: 1, 'hold-passkey': 2 };

/** Of two gestures the one that asks for more. */
export const stricterGesture = (one: Gesture, other: Gesture): Gesture =>
  strength[other] > strength[one] ? other : one;

const nightOf = ({ nightFromMinute, nightUntilMinute }: GestureRule): Window => ({
  ...always,
  fromMinute: nightFromMinute,
  untilMinute: nightUntilMinute,
});

function isNight(rule: GestureRule, at: Date, zone: string): boolean {
  try {
    return isInWindow(nightOf(rule), at, zone);
  } catch {
    // Nobody knows what the clock shows in a zone that does not exist: then it may be night.
    return true;
  }
}

/** What a condition asks for where it holds; null: nothing of its own. */
const asked: Record<Condition, (rule: GestureRule, circumstances: Circumstances) => Gesture | null> = {
  night: (rule, { at, zone }) =>
    rule.nightGesture !== null && isNight(rule, at, zone) ? rule.nightGesture : null,
  remote: (rule, { isAtHome }) => (isAtHome ? null : rule.remoteGesture),
};
const conditions = ['night', 'remote'] as const satisfies readonly Condition[];

/**
 * The gesture that counts, and the conditions for which it is stricter than the ordinary one. A condition only ever asks for
 * more: where the ordinary gesture is the stricter one, it holds on.
 */
export function gestureFor(
  rule: GestureRule,
  circumstances: Circumstances,
): { gesture: Gesture; because: Condition[] } {
  const gestureOf = (condition: Condition) => asked[condition](rule, circumstances) ?? rule.gesture;
  const gesture = conditions.map(gestureOf).reduce(stricterGesture, rule.gesture);
  const because = gesture === rule.gesture ? [] : conditions.filter((one) => gestureOf(one) === gesture);
  return { gesture, because };
}

/** When the gesture becomes another one by the clock alone; undefined: it does not. */
export function gestureChangesAt(
  rule: GestureRule,
  { at, zone }: Pick<Circumstances, 'at' | 'zone'>,
): Date | undefined {
  const { nightGesture, gesture } = rule;
  if (nightGesture === null || strength[nightGesture] <= strength[gesture]) return undefined;
  try {
    return nextChange(nightOf(rule), at, zone);
  } catch {
    // In a zone that does not exist it may always be night.
    return undefined;
  }
}

/** Whether the clock of the home shows night, by the rule alone; equal ends are the whole day. */
function isNightMinute({ nightFromMinute, nightUntilMinute }: GestureRule, minute: number): boolean {
  const from = nightFromMinute ?? 0;
  const until = nightUntilMinute ?? dayMinutes;
  if (from === until) return true;
  return from < until ? minute >= from && minute < until : minute >= from || minute < until;
}

const asksAt = (rule: GestureRule, minute: number, isAtHome: boolean): boolean =>
  rule.gesture === 'hold-passkey' ||
  (rule.nightGesture === 'hold-passkey' && isNightMinute(rule, minute)) ||
  (rule.remoteGesture === 'hold-passkey' && !isAtHome);

/** Whether there is a minute of the day, at home or away, at which one rule asks for a passkey and the next one does not. */
export function dropsPasskey(before: GestureRule, after: GestureRule): boolean {
  for (let minute = 0; minute < dayMinutes; minute += 1)
    for (const isAtHome of [true, false])
      if (asksAt(before, minute, isAtHome) && !asksAt(after, minute, isAtHome)) return true;
  return false;
}

/** Whether a passkey is asked for at some hour of the day, or of somebody who is away. */
export const mayAskForPasskey = (
  rule: Pick<GestureRule, 'gesture' | 'nightGesture' | 'remoteGesture'>,
): boolean => [rule.gesture, rule.nightGesture, rule.remoteGesture].includes('hold-passkey');
