'use client';

import { usePreferences, useText } from '../messages/provider';
import { clockTime, partsOf } from '../time/format';
import { type TimeTick, timeTicks } from './ticks';

export const chartHeight = 300;
/** What stands around the drawing itself, pixels. */
export const chartEdge = { top: 12, bottom: 32, right: 14 } as const;
const letterPixels = 7.4;
/** What a label of the time takes, with room beside it. */
const timePixels = 64;

/** Room that labels of values take on the left, pixels. */
export const labelWidth = (labels: readonly string[]): number =>
  Math.min(130, Math.max(...labels.map((one) => one.length)) * letterPixels + 14);

/** Day and month as a person writes them, in a zone. */
export function useDayText(zone: string): (at: number) => string {
  const text = useText();
  return (at) => {
    const { day, month } = partsOf(at, zone);
    return text('chart.day', { day, month: text('time.months').split(' ')[month - 1] ?? '' });
  };
}

interface AxesProps {
  ticks: readonly number[];
  labels: readonly string[];
  y: (value: number) => number;
  /** Epoch milliseconds. */
  from: number;
  to: number;
  zone: string;
  x: (at: number) => number;
  left: number;
  width: number;
}

/** Lines and labels of the values, marks and labels of the time. */
export function Axes({ ticks, labels, y, from, to, zone, x, left, width }: AxesProps) {
  const text = useText();
  const { hourCycle } = usePreferences();
  const dayText = useDayText(zone);
  const { bottom, right } = chartEdge;
  const timeLabel = ({ at, isDay }: TimeTick) =>
    isDay ? dayText(at) : clockTime(at, zone, { text, hourCycle });
  const most = Math.max(2, Math.floor((width - left - right) / timePixels));
  return (
    <>
      {ticks.map((tick, place) => (
        <g key={tick}>
          <line x1={left} x2={width - right} y1={y(tick)} y2={y(tick)} className="stroke-line" />
          <text x={left - 8} y={y(tick) + 4} textAnchor="end" className="fill-ink-soft tabular-nums">
            {labels[place]}
          </text>
        </g>
      ))}
      {timeTicks(from, to, zone, most).map((tick) => {
        const at = x(tick.at);
        // At the edges the words stay inside.
        const anchor = at < left + 22 ? 'start' : at > width - right - 22 ? 'end' : 'middle';
        return (
          <g key={tick.at}>
            <line
              x1={at}
              x2={at}
              y1={chartHeight - bottom}
              y2={chartHeight - bottom + 5}
              className="stroke-line-strong"
            />
            <text x={at} y={chartHeight - 8} textAnchor={anchor} className="fill-ink-soft tabular-nums">
              {timeLabel(tick)}
            </text>
          </g>
        );
      })}
    </>
  );
}
