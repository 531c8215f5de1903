'use client';

import { useText } from '../messages/provider';
import { useMomentText } from '../time/moment';
import { Axes, chartEdge, chartHeight, labelWidth } from './axes';
import { ChartFrame } from './chart-frame';
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
  hasSeconds?: boolean;
  label: string;
  /** Id of the sample that is read out; undefined: none is. */
  chosen: string | undefined;
  onChoose: (id: string | undefined) => void;
  /** The scale reaches from here to there; by the values otherwise. */
  scale?: { least: number; most: number };
  /** What stands behind each number of the scale. */
  unit?: string;
  /** How a moment is read out; with its time of day otherwise. */
  momentText?: (at: number) => string;
}

/** Numbers over time as a line with gaps; a slider for keyboards and screen readers, which goes from value to value. */
export function LineChart(props: LineChartProps) {
  const {
    samples,
    from,
    to,
    zone,
    label,
    chosen,
    onChoose,
    scale,
    unit = '',
    momentText,
    hasSeconds = false,
  } = props;
  const text = useText();
  const momentOf = useMomentText(zone, hasSeconds);
  const { frame, width } = useWidth();
  const summary = summaryOf(samples);
  const { ticks, decimals } = valueTicks(
    scale?.least ?? summary?.least ?? 0,
    scale?.most ?? summary?.most ?? 1,
    5,
  );
  const mark = text('time.decimalMark');
  const labels = ticks.map((tick) => `${tickText(tick, decimals, mark)}${unit}`);
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

  const spoken = samples[stand];
  return (
    <ChartFrame
      frame={frame}
      width={width}
      label={label}
      count={samples.length}
      stand={stand}
      spoken={
        spoken === undefined
          ? ''
          : text('chart.spoken', {
              value: spoken.text,
              when: momentText?.(spoken.at) ?? momentOf(new Date(spoken.at).toISOString()),
            })
      }
      placeAt={(across) =>
        nearestTo(samples, from + ((across - left) / (width - left - right)) * (to - from))
      }
      onChoose={(place) => onChoose(place === undefined ? undefined : samples[place]?.id)}
    >
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
    </ChartFrame>
  );
}
