/** A user's schedules as a lock keeps them, with what decides which of them counts. */
export interface KeptHours {
  /** Which schedules let the user in; `unrestricted`: none is asked. */
  rule: 'unrestricted' | 'weekly' | 'between' | 'never';
  weekly: readonly { isOn: readonly boolean[]; fromMinute: number; untilMinute: number }[];
  /** Epoch milliseconds of the clock on the wall. */
  between: readonly { from: number; until: number }[];
}

const dayMs = 86_400_000;

/** Whether a user is let in when the clock on the wall shows `wall`, in epoch milliseconds as if it were UTC. */
export function isLetIn({ rule, weekly, between }: KeptHours, wall: number): boolean {
  if (rule === 'unrestricted') return true;
  if (rule === 'between') return between.some(({ from, until }) => from <= wall && wall < until);
  if (rule === 'never') return false;
  const minute = Math.floor((wall % dayMs) / 60_000);
  // Sunday first, as Matter counts.
  const day = new Date(wall).getUTCDay();
  return weekly.some(
    ({ isOn, fromMinute, untilMinute }) => isOn[day] === true && fromMinute <= minute && minute < untilMinute,
  );
}
