'use client';

import { ChartColumn, Table2 } from 'lucide-react';
import { useId, useState } from 'react';
import type { Fleet, FleetFigures } from '@/server/contracts/fleet';
import { useDayText } from '../chart/axes';
import { BucketChart } from '../chart/bucket-chart';
import { LookSwatch, type SeriesLook } from '../chart/series-look';
import { usePreferences, useText } from '../messages/provider';
import { clockTime } from '../time/format';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { FleetTable } from './fleet-table';

/** A scale shows at least so many, so that one is not drawn as if it were a crowd. */
const countsLeast = 5;
const millisecondsLeast = 100;

export interface Series {
  name: string;
  look: SeriesLook;
  countOf: (figures: FleetFigures) => number | undefined;
}

interface FleetChartProps {
  id: string;
  fleet: Fleet;
  title: string;
  lead: string;
  kind: 'bars' | 'lines';
  series: readonly Series[];
  /** How a value is written; by itself otherwise. */
  valueText?: (value: number | undefined) => string;
}

const plain = (value: number | undefined): string => String(value ?? 0);

/** Figures over a time: drawn, with the numbers of the piece that is pointed at or of all, or as a table. */
export function FleetChart({ id, fleet, title, lead, kind, series, valueText = plain }: FleetChartProps) {
  const text = useText();
  const { hourCycle } = usePreferences();
  const pattern = useId();
  const [isTable, setIsTable] = useState(false);
  const [chosen, setChosen] = useState<number>();
  const { timezone: zone, by, buckets, total } = fleet;
  const dayText = useDayText(zone);
  const nameOf = (bucket: { from: string; to: string }) => {
    const [from, to] = [Date.parse(bucket.from), Date.parse(bucket.to)];
    if (by === 'day') return dayText(from);
    const style = { text, hourCycle };
    return text('fleet.hour', {
      day: dayText(from),
      from: clockTime(from, zone, style),
      to: clockTime(to, zone, style),
    });
  };
  const read = chosen === undefined ? undefined : buckets[chosen];
  const spokenOf = (index: number) => {
    const bucket = buckets[index];
    if (bucket === undefined) return '';
    const values = series.map(({ name, countOf }) => `${name} ${valueText(countOf(bucket))}`);
    return `${nameOf(bucket)}: ${values.join(', ')}`;
  };
  return (
    <Card className="min-w-0">
      <section aria-labelledby={id} className="flex h-full flex-col gap-4 p-4 sm:p-5">
        <div>
          <h2 id={id} className="text-lg font-semibold">
            {title}
          </h2>
          <p className="text-sm text-pretty text-ink-soft">{lead}</p>
        </div>
        {isTable ? (
          <FleetTable
            label={title}
            rows={buckets.toReversed().map((bucket) => ({
              key: bucket.from,
              name: nameOf(bucket),
              values: series.map(({ countOf }) => valueText(countOf(bucket))),
            }))}
            columns={series.map(({ name }) => name)}
          />
        ) : (
          <>
            <div>
              <p className="text-sm font-medium tabular-nums">
                {read === undefined ? text('fleet.all') : nameOf(read)}
              </p>
              <dl className="mt-1 flex flex-wrap gap-x-5 gap-y-1 text-sm">
                {series.map(({ name, look, countOf }, place) => (
                  <div key={name} className="flex items-center gap-2">
                    <LookSwatch id={`${pattern}-${place}`} look={look} isLine={kind === 'lines'} />
                    <dt className="text-ink-soft">{name}</dt>
                    <dd className="font-semibold tabular-nums">{valueText(countOf(read ?? total))}</dd>
                  </div>
                ))}
              </dl>
            </div>
            <BucketChart
              buckets={buckets.map((bucket) => ({
                from: Date.parse(bucket.from),
                to: Date.parse(bucket.to),
                values: series.map(({ countOf }) => countOf(bucket)),
              }))}
              looks={series.map(({ look }) => look)}
              kind={kind}
              scaleLeast={kind === 'bars' ? countsLeast : millisecondsLeast}
              zone={zone}
              label={title}
              tickTextOf={valueText}
              spokenOf={spokenOf}
              chosen={chosen}
              onChoose={setChosen}
            />
          </>
        )}
        <div className="mt-auto flex flex-wrap items-center justify-between gap-x-6 gap-y-2 text-sm text-ink-soft">
          <p>{isTable ? '' : text('fleet.keys')}</p>
          <Button
            aria-label={text(isTable ? 'fleet.asChart' : 'fleet.asTable', { title })}
            onClick={() => setIsTable(!isTable)}
          >
            {isTable ? (
              <ChartColumn aria-hidden className="size-4.5" />
            ) : (
              <Table2 aria-hidden className="size-4.5" />
            )}
            {text(isTable ? 'chart.asChart' : 'chart.asTable')}
          </Button>
        </div>
      </section>
    </Card>
  );
}
