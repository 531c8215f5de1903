'use client';

import type { KeyboardEvent, PointerEvent } from 'react';
import { useText } from '../messages/provider';
import { useMomentText } from '../time/moment';
import { Axes, chartEdge, chartHeight, labelWidth } from './axes';
import { placeAfter } from './keys';
import { tickText } from './number-text';
import { gapMsOf, linesOf, nearestTo, type Sample, summaryOf, thinned } from './series';
import { valueTicks } from './ticks';
import { useWidth } from './use-width';

const { top, bottom, right } = chartEdge;
/** Up to so many values each has its dot. */
const dotsMost = 40;

interface LineChartProps {
  /** Oldest first, all within the time. */
  samples: readonly Sample[];
  /** Epoch milliseconds. */
  from: number;
  to: number;
  /** Zone of the home's clock. */
  zone: string;
  /** Moments are told to the second. */
  hasSeconds: boolean;
  label: string;
  /** Id of the sample that is read out; undefined: none is. */
  chosen: string | undefined;
  onChoose: (id: string | undefined) => void;
}

/** Numbers over time as a line with gaps; a slider for keyboards and screen readers, which goes from value to value. */
export function LineChart({ samples, from, to, zone, hasSeconds, label, chosen, onChoose }: LineChartProps) {
  const text = useText();
  const momentOf = useMomentText(zone, hasSeconds);
  const { frame, width } = useWidth();
  const summary = summaryOf(samples);
  const { ticks, decimals } = valueTicks(summary?.least ?? 0, summary?.most ?? 1, 5);
  const mark = text('time.decimalMark');
  const labels = ticks.map((tick) => tickText(tick, decimals, mark));
  const left = labelWidth(labels);
  const [low = 0, high = 1] = [ticks[0], ticks.at(-1)];
  const x = (at: number) => left + ((at - from) / (to - from)) * (width - left - right);
  const y = (value: number) => top + (1 - (value - low) / (high - low)) * (chartHeight - top - bottom);
  const columns = Math.max(1, Math.floor(width - left - right));
  const lines = linesOf(samples, gapMsOf(samples, to - from)).map((line) => thinned(line, from, to, columns));
  const dots = lines.filter((line) => line.length === 1 || samples.length <= dotsMost).flat();
  const index = samples.findIndex(({ id }) => id === chosen);
  const read = samples[index];
  const stand = index < 0 ? samples.length - 1 : index;

  const choose = (place: number) => onChoose(samples[Math.min(samples.length - 1, Math.max(0, place))]?.id);
  const onKeyDown = (event: KeyboardEvent) => {
    const place = placeAfter(event.key, stand, samples.length);
    if (place !== undefined) choose(place);
    else if (event.key === 'Escape') onChoose(undefined);
    else return;
    event.preventDefault();
  };
  const onPoint = (event: PointerEvent<HTMLDivElement>) => {
    const across = event.clientX - event.currentTarget.getBoundingClientRect().left;
    choose(nearestTo(samples, from + ((across - left) / (width - left - right)) * (to - from)));
  };
  const spoken = samples[stand];
  return (
    <div
      ref={frame}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={1}
      aria-valuemax={samples.length}
      aria-valuenow={stand + 1}
      aria-valuetext={
        spoken === undefined
          ? ''
          : text('chart.spoken', {
              value: spoken.text,
              when: momentOf(new Date(spoken.at).toISOString()),
            })
      }
      onKeyDown={onKeyDown}
      onPointerMove={onPoint}
      onPointerDown={onPoint}
      onPointerLeave={({ pointerType }) => (pointerType === 'mouse' ? onChoose(undefined) : undefined)}
      onBlur={() => onChoose(undefined)}
      className="touch-pan-y rounded-xl"
      style={{ height: `${chartHeight}px` }}
    >
      {width === 0 ? null : (
        <svg aria-hidden width={width} height={chartHeight} className="block text-xs select-none">
          <Axes {...{ ticks, labels, y, from, to, zone, x, left, width }} />
          {lines.map((line) => (
            <polyline
              key={line[0]?.at}
              points={line.map((point) => `${x(point.at).toFixed(1)},${y(point.value).toFixed(1)}`).join(' ')}
              fill="none"
              strokeWidth="2"
              strokeLinejoin="round"
              strokeLinecap="round"
              className="stroke-accent"
            />
          ))}
          {dots.map((point) => (
            <circle key={point.at} cx={x(point.at)} cy={y(point.value)} r="2.75" className="fill-accent" />
          ))}
          {read === undefined ? null : (
            <g>
              <line
                x1={x(read.at)}
                x2={x(read.at)}
                y1={top}
                y2={chartHeight - bottom}
                className="stroke-line-strong"
                strokeDasharray="3 3"
              />
              {read.value === undefined ? null : (
                <circle
                  cx={x(read.at)}
                  cy={y(read.value)}
                  r="5.5"
                  strokeWidth="2.5"
                  className="fill-surface stroke-accent"
                />
              )}
            </g>
          )}
        </svg>
      )}
    </div>
  );
}
