'use client';

import { useId } from 'react';
import { Axes, chartEdge, chartHeight, labelWidth } from './axes';
import { runsOf, stackOf } from './buckets';
import { ChartFrame } from './chart-frame';
import { dashOf, LookPattern, type SeriesLook, strokeOf } from './series-look';
import { valueTicks } from './ticks';
import { useWidth } from './use-width';

export interface Bucket {
  /** Epoch milliseconds. */
  from: number;
  to: number;
  /** One a series; undefined: there is none. */
  values: readonly (number | undefined)[];
}

export interface BucketChartProps {
  /** Oldest first, without a gap. */
  buckets: readonly Bucket[];
  looks: readonly SeriesLook[];
  /** Bars stand on each other; lines are broken where there is no value. */
  kind: 'bars' | 'lines';
  /** The scale reaches at least to here. */
  scaleLeast: number;
  zone: string;
  label: string;
  tickTextOf: (value: number) => string;
  /** What a bucket says, in words. */
  spokenOf: (index: number) => string;
  chosen: number | undefined;
  onChoose: (index: number | undefined) => void;
}

const { top, bottom, right } = chartEdge;

/** Numbers of pieces of time; a slider for keyboards and screen readers, which goes from piece to piece. */
export function BucketChart(props: BucketChartProps) {
  const { buckets, looks, kind, scaleLeast, zone, label, tickTextOf, spokenOf, chosen, onChoose } = props;
  const { frame, width } = useWidth();
  const id = useId();
  const from = buckets[0]?.from ?? 0;
  const to = buckets.at(-1)?.to ?? 1;
  const tallest = Math.max(
    scaleLeast,
    ...buckets.map(({ values }) =>
      kind === 'bars' ? (stackOf(values).at(-1)?.upper ?? 0) : Math.max(...values.map((value) => value ?? 0)),
    ),
  );
  const { ticks } = valueTicks(0, tallest, 5);
  const labels = ticks.map(tickTextOf);
  const left = labelWidth(labels);
  const high = ticks.at(-1) ?? 1;
  const x = (at: number) => left + ((at - from) / (to - from)) * (width - left - right);
  const y = (value: number) => top + (1 - value / high) * (chartHeight - top - bottom);
  const stand = chosen ?? buckets.length - 1;
  const placeAt = (across: number) => {
    const at = from + ((across - left) / (width - left - right)) * (to - from);
    const place = buckets.findIndex((bucket) => at < bucket.to);
    return place === -1 ? buckets.length - 1 : place;
  };
  const marked = chosen === undefined ? undefined : buckets[chosen];
  return (
    <ChartFrame
      {...{ frame, width, label, stand, placeAt, onChoose }}
      count={buckets.length}
      spoken={spokenOf(stand)}
    >
      <defs>
        {looks.map((look, place) => (
          <LookPattern key={look.drawing + look.tone} id={`${id}-${place}`} look={look} />
        ))}
      </defs>
      {marked === undefined ? null : (
        <rect
          x={x(marked.from)}
          width={Math.max(2, x(marked.to) - x(marked.from))}
          y={top}
          height={chartHeight - top - bottom}
          className="fill-sunken"
        />
      )}
      <Axes {...{ ticks, labels, y, from, to, zone, x, left, width }} />
      {kind === 'bars' ? <Bars {...{ buckets, looks, x, y, id }} /> : <Lines {...{ buckets, looks, x, y }} />}
    </ChartFrame>
  );
}

interface DrawnProps extends Pick<BucketChartProps, 'buckets' | 'looks'> {
  x: (at: number) => number;
  y: (value: number) => number;
}

const Bars = ({ buckets, looks, x, y, id }: DrawnProps & { id: string }) =>
  buckets.map(({ from, to, values }) => {
    const room = x(to) - x(from);
    const gap = Math.min(3, room * 0.15);
    return (
      <g key={from}>
        {stackOf(values).map(({ lower, upper }, place) =>
          upper === lower || looks[place] === undefined ? null : (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a series has its place
              key={place}
              x={x(from) + gap}
              width={Math.max(1, room - 2 * gap)}
              y={y(upper)}
              height={Math.max(1, y(lower) - y(upper))}
              fill={`url(#${id}-${place})`}
              className={strokeOf(looks[place])}
            />
          ),
        )}
      </g>
    );
  });

const Lines = ({ buckets, looks, x, y }: DrawnProps) =>
  looks.map((look, place) => {
    const points = buckets.map(({ from, to, values }) => ({ at: (from + to) / 2, value: values[place] }));
    const runs = runsOf(points);
    const spotOf = ({ at, value }: { at: number; value: number }) =>
      `${x(at).toFixed(1)},${y(value).toFixed(1)}`;
    return (
      <g key={look.drawing + look.tone} className={strokeOf(look)}>
        {runs.map((run) => (
          <polyline
            key={run[0]?.at}
            points={run.map(spotOf).join(' ')}
            fill="none"
            strokeWidth="2"
            strokeLinejoin="round"
            strokeDasharray={dashOf(look)}
          />
        ))}
        {runs.flat().map(({ at, value }) => (
          <circle key={at} cx={x(at)} cy={y(value)} r="2.5" strokeWidth="1.5" className="fill-surface" />
        ))}
      </g>
    );
  });
