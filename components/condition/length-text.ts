import type { TextOf } from '../messages/lookup';

/** How long something lasted, as a person says it: `45 s`, `12 min`, `3 h 5 min`, `2 d 4 h`. */
export function lengthText(lengthMs: number, text: TextOf): string {
  const seconds = Math.max(0, Math.round(lengthMs / 1_000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (minutes === 0) return text('history.length.seconds', { count: seconds });
  if (hours === 0) return text('history.length.minutes', { count: minutes });
  if (hours < 24) return text('history.length.hours', { hours, minutes: minutes % 60 });
  return text('history.length.days', { days: Math.floor(hours / 24), hours: hours % 24 });
}
