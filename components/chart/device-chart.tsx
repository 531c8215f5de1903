'use client';

import { ChartLine, Table2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { readEventPage } from '../device/raw-events';
import { useText } from '../messages/provider';
import { useNow, useViewerZone } from '../time/clock';
import { Moment } from '../time/moment';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { ErrorNotice } from '../ui/error-notice';
import { Notice } from '../ui/notice';
import { Select } from '../ui/select';
import { chartHeight } from './axes';
import { LineChart } from './line-chart';
import { shortNumber } from './number-text';
import { type NumberField, numberAt, numberFieldsOf } from './numbers';
import { SamplesTable } from './samples-table';
import { isWithinMinutes, type Sample, sampleOf, summaryOf } from './series';
import { eventsMost, type Source, useSeries } from './use-series';

const hour = 3_600_000;
const ranges = { hour, day: 24 * hour, week: 7 * 24 * hour, month: 30 * 24 * hour } as const;
/** As the device wrote it, while that can be read at a glance. */
const lettersMost = 10;
const atAGlance = ({ text, value }: Sample, mark: string): string =>
  text.length <= lettersMost || value === undefined ? text : shortNumber(value, mark);

type Range = keyof typeof ranges;
const slideMs = 10_000;

export interface DeviceChartProps {
  source: Source;
  zone: string | undefined;
  /** The newest page of events as JSON text of the API. */
  initial: string;
}

/** One number of a device over a range of time, live: as a line, or as a table. */
export function DeviceChart({ source, zone, initial }: DeviceChartProps) {
  const text = useText();
  const now = useNow(slideMs);
  const viewerZone = useViewerZone();
  const first = useMemo(() => readEventPage(initial).items, [initial]);
  const [chosenKey, setChosenKey] = useState<string>();
  const [range, setRange] = useState<Range>('day');
  const [isTable, setIsTable] = useState(false);
  const [readId, setReadId] = useState<string>();
  // What the first page holds decides where to begin, and stays: an event that comes moves nobody's choice.
  const [begin, setBegin] = useState(() => fieldsOf(first)[0]);
  const [typed, setTyped] = useState(begin?.eventType);
  const series = useSeries(source, first, { eventType: typed, rangeMs: ranges[range] });
  const fields = useMemo(() => fieldsOf(series.events), [series.events]);
  const field = fields.find(({ key }) => key === chosenKey) ?? begin ?? fields[0];
  if (begin === undefined && field !== undefined) {
    setBegin(field);
    setTyped(field.eventType);
  }
  const mark = text('time.decimalMark');
  const all = useMemo(
    () => (field === undefined ? [] : samplesOf(series.events, field)),
    [series.events, field],
  );

  if (field === undefined) {
    return (
      <Card>
        {series.state === 'failed' ? <ErrorNotice error={series.error} /> : null}
        <EmptyState
          icon={ChartLine}
          level={3}
          title={text('chart.none.title')}
          text={text('chart.none.text')}
        />
      </Card>
    );
  }
  const to = Math.max(now, all.at(-1)?.at ?? 0);
  const from = to - ranges[range];
  const samples = all.filter(({ at }) => at >= from);
  const summary = summaryOf(samples);
  const inexact = samples.filter(({ value }) => value === undefined).length;
  const newest = samples.at(-1);
  const read = samples.find(({ id }) => id === readId) ?? newest;
  const hasSeconds = isWithinMinutes(samples);
  const name = text('chart.line', { field: field.label });
  const isAlone = new Set(fields.map(({ eventType }) => eventType)).size === 1;
  const facts = [
    [text('chart.least'), summary?.least],
    [text('chart.mean'), summary?.mean],
    [text('chart.most'), summary?.most],
  ] as const;
  return (
    <div className="flex flex-col gap-5">
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          label={text('chart.field')}
          value={field.key}
          onChange={(event) => {
            setChosenKey(event.target.value);
            setTyped(fields.find(({ key }) => key === event.target.value)?.eventType);
            setReadId(undefined);
          }}
        >
          {fields.map(({ key, eventType, label }) => (
            <option key={key} value={key}>
              {isAlone ? label : `${label} (${eventType})`}
            </option>
          ))}
        </Select>
        <Select
          label={text('chart.range')}
          value={range}
          onChange={(event) => {
            setRange(event.target.value as Range);
            setReadId(undefined);
          }}
        >
          {Object.keys(ranges).map((one) => (
            <option key={one} value={one}>
              {text(`chart.range.${one as Range}`)}
            </option>
          ))}
        </Select>
      </div>
      <Card className="flex flex-col gap-4 p-4 sm:p-6">
        <div className="min-h-16 min-w-0">
          <p className="truncate text-3xl font-semibold tabular-nums">
            {read === undefined ? '–' : atAGlance(read, mark)}
          </p>
          <p className="text-ink-soft">
            {read === undefined ? null : (
              <>
                {read === newest ? `${text('chart.newest')}, ` : null}
                <Moment at={new Date(read.at).toISOString()} zone={zone} hasSeconds={hasSeconds} />
              </>
            )}
          </p>
        </div>
        {isTable && newest !== undefined ? (
          <SamplesTable samples={samples} zone={zone} hasSeconds={hasSeconds} label={name} />
        ) : summary === undefined ? (
          <div className="grid place-items-center" style={{ minHeight: `${chartHeight}px` }}>
            {series.state === 'busy' ? null : (
              <EmptyState
                icon={ChartLine}
                level={3}
                title={text(inexact > 0 ? 'chart.notDrawn.title' : 'chart.empty.title')}
                text={text(inexact > 0 ? 'chart.notDrawn.text' : 'chart.empty.text')}
              />
            )}
          </div>
        ) : (
          <LineChart
            samples={samples}
            from={from}
            to={to}
            zone={zone ?? viewerZone ?? 'UTC'}
            hasSeconds={hasSeconds}
            label={name}
            chosen={readId}
            onChoose={setReadId}
          />
        )}
        <dl className="grid grid-cols-3 gap-3 border-t border-line pt-4">
          {facts.map(([title, value]) => (
            <div key={title} className="min-w-0">
              <dt className="text-sm text-ink-soft">{title}</dt>
              <dd className="truncate text-lg font-medium tabular-nums">
                {value === undefined ? '–' : shortNumber(value, mark)}
              </dd>
            </div>
          ))}
        </dl>
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <div className="text-sm text-ink-soft">
            <p role="status">
              {text(series.state === 'busy' ? 'chart.busy' : 'chart.ready', { count: samples.length })}
            </p>
            {isTable || summary === undefined ? null : <p>{text('chart.keys')}</p>}
          </div>
          <Button onClick={() => setIsTable(!isTable)}>
            {isTable ? (
              <ChartLine aria-hidden className="size-4.5" />
            ) : (
              <Table2 aria-hidden className="size-4.5" />
            )}
            {text(isTable ? 'chart.asChart' : 'chart.asTable')}
          </Button>
        </div>
      </Card>
      {series.state === 'failed' ? (
        <div className="flex flex-col items-start gap-3">
          <ErrorNotice error={series.error} />
          <Button onClick={series.again}>{text('chart.again')}</Button>
        </div>
      ) : null}
      {series.isCut ? <Notice tone="plain">{text('chart.cut', { count: eventsMost })}</Notice> : null}
      {inexact > 0 && summary !== undefined ? (
        <Notice tone="notice">{text('chart.inexact', { count: inexact })}</Notice>
      ) : null}
    </div>
  );
}

type Told = ReturnType<typeof useSeries>['events'];

/** Numbers in events of the device's own, by type and then as they stand in the data. */
function fieldsOf(events: Told): NumberField[] {
  const found = new Map<string, NumberField>();
  // The newest two hundred of each type say what there is; looking through thousands would say no more.
  const looked = new Map<string, number>();
  for (const { eventType, data } of events.toReversed()) {
    const count = looked.get(eventType) ?? 0;
    if (eventType.startsWith('_') || count >= 200) continue;
    looked.set(eventType, count + 1);
    for (const field of numberFieldsOf(eventType, data))
      if (!found.has(field.key)) found.set(field.key, field);
  }
  return [...found.values()].sort((one, other) =>
    one.eventType === other.eventType ? 0 : one.eventType < other.eventType ? -1 : 1,
  );
}

const samplesOf = (events: Told, { eventType, path }: NumberField): Sample[] =>
  events
    .flatMap((event) => {
      const written = event.eventType === eventType ? numberAt(event.data, path) : undefined;
      return written === undefined ? [] : [sampleOf(event.id, event.timestamp, written)];
    })
    .sort((one, other) => one.at - other.at);
