import { clsx } from 'clsx';

/** What tells one series from another: a colour, and a drawing that is told apart without it. */
export interface SeriesLook {
  tone: 'accent' | 'alarm' | 'notice' | 'unknown' | 'ink';
  drawing: 'solid' | 'hatch' | 'dots' | 'bars' | 'hollow';
}

const fills: Record<SeriesLook['tone'], string> = {
  accent: 'fill-accent',
  alarm: 'fill-alarm',
  notice: 'fill-notice',
  unknown: 'fill-unknown',
  ink: 'fill-ink-faint',
};
const strokes: Record<SeriesLook['tone'], string> = {
  accent: 'stroke-accent',
  alarm: 'stroke-alarm',
  notice: 'stroke-notice',
  unknown: 'stroke-unknown',
  ink: 'stroke-ink-faint',
};

export const strokeOf = ({ tone }: SeriesLook): string => strokes[tone];

/** The drawing of a series as a pattern with this id, to fill shapes with. */
export function LookPattern({ id, look: { tone, drawing } }: { id: string; look: SeriesLook }) {
  const fill = fills[tone];
  return (
    <pattern
      id={id}
      width="6"
      height="6"
      patternUnits="userSpaceOnUse"
      patternTransform={drawing === 'hatch' ? 'rotate(45)' : undefined}
    >
      <rect width="6" height="6" className={drawing === 'solid' ? fill : 'fill-surface'} />
      {drawing === 'hatch' ? <rect width="3.5" height="6" className={fill} /> : null}
      {drawing === 'bars' ? <rect width="6" height="3" className={fill} /> : null}
      {drawing === 'dots' ? <circle cx="3" cy="3" r="1.9" className={fill} /> : null}
    </pattern>
  );
}

/** The drawing of a series beside its name; `isLine`: as a line is drawn, dashed unless it is solid. */
export function LookSwatch({ id, look, isLine }: { id: string; look: SeriesLook; isLine: boolean }) {
  return (
    <svg aria-hidden width="20" height="14" className="shrink-0">
      {isLine ? (
        <line
          x1="0"
          x2="20"
          y1="7"
          y2="7"
          strokeWidth="2.5"
          strokeDasharray={dashOf(look)}
          className={strokeOf(look)}
        />
      ) : (
        <>
          <defs>
            <LookPattern id={id} look={look} />
          </defs>
          <rect
            x="0.75"
            y="0.75"
            width="18.5"
            height="12.5"
            rx="2"
            fill={`url(#${id})`}
            strokeWidth="1.5"
            className={clsx(strokeOf(look))}
          />
        </>
      )}
    </svg>
  );
}

export const dashOf = ({ drawing }: SeriesLook): string | undefined =>
  drawing === 'solid' ? undefined : '5 4';
