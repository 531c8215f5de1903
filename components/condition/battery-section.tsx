'use client';

import { BatteryMedium, ChartLine, Table2 } from 'lucide-react';
import { useId, useState } from 'react';
import type { LockCondition } from '@/server/contracts/lock-history';
import { chartHeight, useDayText } from '../chart/axes';
import { SamplesTable } from '../chart/samples-table';
import { useText } from '../messages/provider';
import { Badge, type BadgeTone } from '../ui/badge';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { later } from '../ui/later';

const Space = () => <div style={{ height: `${chartHeight}px` }} />;
const LineChart = later(async () => (await import('../chart/line-chart')).LineChart, Space);

const ranges = [30, 90] as const;
type Range = (typeof ranges)[number];
const dayMs = 86_400_000;
/** More days than this are told as months. */
const daysAsDays = 60;
const scale = { least: 0, most: 100 };
const tones: Record<'ok' | 'low' | 'critical', BadgeTone> = { ok: 'calm', low: 'notice', critical: 'alarm' };

function Outlook({ battery, zone }: { battery: LockCondition['battery']; zone: string }) {
  const text = useText();
  const dayText = useDayText(zone);
  const { daysLeft, renewedAt } = battery;
  return (
    <p className="text-pretty text-ink-soft">
      {daysLeft === undefined
        ? text('history.battery.left.unknown')
        : daysLeft < daysAsDays
          ? text('history.battery.left.days', { count: daysLeft })
          : text('history.battery.left.months', { count: Math.round(daysLeft / 30.4) })}
      {renewedAt === undefined
        ? null
        : ` ${text('history.battery.renewed', { day: dayText(Date.parse(renewedAt)) })}`}
    </p>
  );
}

/** The charge now, about how long it lasts, and its curve: drawn, or as a table. */
export function BatterySection({ condition, zone }: { condition: LockCondition; zone: string }) {
  const text = useText();
  const title = useId();
  const dayText = useDayText(zone);
  const [range, setRange] = useState<Range>(30);
  const [isTable, setIsTable] = useState(false);
  const [chosen, setChosen] = useState<string>();
  const { battery } = condition;
  const to = Date.parse(condition.to);
  const from = to - range * dayMs;
  const samples = battery.perDay
    .map(({ at, percent }) => ({ id: at, at: Date.parse(at), value: percent, text: `${percent} %` }))
    .filter(({ at }) => at >= from);
  const read = samples.find(({ id }) => id === chosen);
  const label = text('history.battery.chart', { count: range });
  return (
    <Card>
      <section aria-labelledby={title} className="flex flex-col gap-4 p-4 sm:p-6">
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
          <div>
            <h2 id={title} className="text-xl font-semibold">
              {text('history.battery')}
            </h2>
            <p className="text-sm text-ink-soft">{text('history.battery.lead')}</p>
          </div>
          {samples.length === 0 ? null : (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset is no row of buttons
            <div role="group" aria-label={text('history.battery.range')} className="flex gap-2">
              {ranges.map((one) => (
                <Button
                  key={one}
                  kind={one === range ? 'primary' : 'secondary'}
                  aria-pressed={one === range}
                  onClick={() => setRange(one)}
                >
                  {text(`history.battery.range.${one}`)}
                </Button>
              ))}
            </div>
          )}
        </div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <p className="text-3xl font-semibold tabular-nums">
            {battery.now === undefined || battery.now.percent === null
              ? text('history.battery.unknown')
              : text('history.battery.now', { percent: battery.now.percent })}
          </p>
          {battery.now === undefined ? null : (
            <Badge tone={tones[battery.now.level]}>{text(`history.battery.${battery.now.level}`)}</Badge>
          )}
        </div>
        {samples.length === 0 ? (
          <EmptyState
            icon={BatteryMedium}
            level={3}
            title={text('history.battery.none.title')}
            text={text('history.battery.none.text')}
          />
        ) : (
          <>
            <Outlook battery={battery} zone={zone} />
            {isTable ? (
              <SamplesTable samples={samples} zone={zone} label={label} whenText={dayText} />
            ) : (
              <>
                <p className="min-h-6 text-sm font-medium tabular-nums">
                  {read === undefined ? null : `${dayText(read.at)}: ${read.text}`}
                </p>
                <LineChart
                  samples={samples}
                  from={from}
                  to={to}
                  zone={zone}
                  label={label}
                  chosen={chosen}
                  onChoose={setChosen}
                  scale={scale}
                  unit=" %"
                  momentText={dayText}
                />
              </>
            )}
            <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
              <p className="text-sm text-ink-soft">{isTable ? '' : text('chart.keys')}</p>
              <Button onClick={() => setIsTable(!isTable)}>
                {isTable ? (
                  <ChartLine aria-hidden className="size-4.5" />
                ) : (
                  <Table2 aria-hidden className="size-4.5" />
                )}
                {text(isTable ? 'chart.asChart' : 'chart.asTable')}
              </Button>
            </div>
          </>
        )}
      </section>
    </Card>
  );
}
