import type { DoorLatency } from '@/server/contracts/door-settings';

const width = 240;
const height = 44;
const edge = 4;

type Days = DoorLatency['perDay'];
const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00Z`) / 86_400_000);

/** Places of the days in the drawing: time to the right, slower is higher. */
export function pointsOf(days: Days): { x: number; y: number }[] {
  const first = dayNumber(days[0]?.day ?? '1970-01-01');
  const last = dayNumber(days.at(-1)?.day ?? '1970-01-01');
  const most = Math.max(1, ...days.map(({ p50Ms }) => p50Ms));
  return days.map(({ day, p50Ms }) => ({
    x: last === first ? width / 2 : edge + ((dayNumber(day) - first) / (last - first)) * (width - 2 * edge),
    y: height - edge - (p50Ms / most) * (height - 2 * edge),
  }));
}

/** The usual time of each day as a line; a day alone is a dot. `label` says in words what is drawn. */
export function Sparkline({ days, label }: { days: Days; label: string }) {
  const points = pointsOf(days);
  const last = points.at(-1);
  if (last === undefined) return null;
  const round = (value: number): string => value.toFixed(1);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      className="h-11 w-60 max-w-full shrink-0 overflow-visible"
    >
      <line x1={0} x2={width} y1={height - 1} y2={height - 1} className="stroke-line" />
      <polyline
        points={points.map(({ x, y }) => `${round(x)},${round(y)}`).join(' ')}
        fill="none"
        strokeWidth={2}
        strokeLinejoin="round"
        strokeLinecap="round"
        className="stroke-accent"
      />
      <circle cx={round(last.x)} cy={round(last.y)} r={3.5} className="fill-accent" />
    </svg>
  );
}
