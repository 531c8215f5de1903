import type { DoorLatency } from '@/server/contracts/door-settings';
import type { TextOf } from '../messages/lookup';
import { durationText } from '../time/format';
import { Notice } from '../ui/notice';
import { Sparkline } from './sparkline';

interface LatencyProps {
  latency: DoorLatency;
  text: TextOf;
}

/** A day of the figures, `2026-03-01`, as a person writes it. */
function dayText(day: string, text: TextOf): string {
  const month = text('access.window.months').split(' ')[Number(day.slice(5, 7)) - 1] ?? '';
  return text('access.window.date', { day: Number(day.slice(8)), month });
}

function Chart({ latency: { perDay }, text }: LatencyProps) {
  const first = perDay[0]?.day;
  const last = perDay.at(-1)?.day;
  // A single day is no course of time.
  if (first === undefined || last === undefined || first === last) return null;
  const label = text('latency.chart', { first: dayText(first, text), last: dayText(last, text) });
  return <Sparkline days={perDay} label={label} />;
}

/** The warning that a door got slower, with both figures. */
function Slower({ latency: { slower }, text }: LatencyProps) {
  if (slower === undefined) return null;
  return (
    <Notice tone="notice">
      {text('latency.slower', {
        recent: durationText(slower.recentMs, text),
        before: durationText(slower.beforeMs, text),
        days: slower.recentDays,
      })}
    </Notice>
  );
}

/** How long a door takes, in one sentence and a line. Markup alone, so that it may stand below a door. */
export function LatencyLine({ latency, text }: LatencyProps) {
  const { sent, count, days } = latency;
  if (sent === undefined) return null;
  return (
    <section aria-labelledby="latency" className="flex flex-col gap-3">
      <h2 id="latency" className="sr-only">
        {text('latency.title')}
      </h2>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-1 text-sm text-ink-soft">
        <p className="max-w-prose text-pretty">
          {count === 1
            ? text('latency.line.one', { p50: durationText(sent.p50Ms, text), days })
            : text('latency.line', {
                p50: durationText(sent.p50Ms, text),
                p95: durationText(sent.p95Ms, text),
                count,
                days,
              })}
        </p>
        <Chart latency={latency} text={text} />
      </div>
      <Slower latency={latency} text={text} />
    </section>
  );
}

/** The same with its figures set out, for the settings of the door. */
export function LatencyFigures({ latency, text }: LatencyProps) {
  const { sent, asked, count, days } = latency;
  return (
    <section aria-labelledby="latency" className="flex flex-col gap-4">
      <div>
        <h2 id="latency" className="text-xl font-semibold">
          {text('latency.title')}
        </h2>
        <p className="text-sm text-pretty text-ink-soft">
          {sent === undefined ? text('latency.none', { days }) : text('latency.lead', { days })}
        </p>
      </div>
      <Slower latency={latency} text={text} />
      {sent === undefined ? null : (
        <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
          <dl className="flex flex-wrap gap-x-8 gap-y-3">
            {(
              [
                ['latency.half', durationText(sent.p50Ms, text)],
                ['latency.nearlyAll', durationText(sent.p95Ms, text)],
                ['latency.count', String(count)],
              ] as const
            ).map(([name, value]) => (
              <div key={name}>
                <dt className="text-sm text-ink-soft">{text(name)}</dt>
                <dd className="text-2xl font-semibold tabular-nums">{value}</dd>
              </div>
            ))}
          </dl>
          <Chart latency={latency} text={text} />
        </div>
      )}
      {asked === undefined ? null : (
        <p className="text-sm text-ink-soft">
          {text('latency.asked', {
            p50: durationText(asked.p50Ms, text),
            p95: durationText(asked.p95Ms, text),
          })}
        </p>
      )}
    </section>
  );
}
