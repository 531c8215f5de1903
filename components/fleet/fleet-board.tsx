'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { useEffect, useState } from 'react';
import type { Fleet } from '@/server/contracts/fleet';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { useServerTime, useViewerZone } from '../time/clock';
import { Card } from '../ui/card';
import { ErrorNotice } from '../ui/error-notice';
import { later } from '../ui/later';
import { Select } from '../ui/select';
import { Skeleton } from '../ui/skeleton';
import { type FleetFilter, type FleetRange, fleetPath, fleetQuery, fleetRanges } from './fleet-range';

const everyMs = 60_000;

/** Where the charts will stand. */
function ChartsSkeleton() {
  const text = useText();
  return (
    <div
      role="status"
      aria-busy="true"
      aria-label={text('chart.loading')}
      className="grid gap-4 lg:grid-cols-2"
    >
      {['openings', 'latency', 'events', 'messages'].map((name) => (
        <Skeleton key={name} className="h-130 rounded-2xl" />
      ))}
    </div>
  );
}
const FleetCharts = later(async () => (await import('./fleet-charts')).FleetCharts, ChartsSkeleton);

interface FleetBoardProps {
  filter: FleetFilter;
  projects: readonly { id: number; name: string }[];
  initial: Fleet;
}

/** Figures of all homes of some projects: who can be reached now, and what happened over a time. */
export function FleetBoard({ filter: given, projects, initial }: FleetBoardProps) {
  const text = useText();
  const serverTime = useServerTime();
  const zone = useViewerZone() ?? initial.timezone;
  const [filter, setFilter] = useState(given);
  const isGiven = fleetPath(filter) === fleetPath(given) && zone === initial.timezone;
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['fleet', fleetPath(filter), zone],
    queryFn: ({ signal }) =>
      api('staff.fleet', { query: fleetQuery(filter, serverTime(), zone) }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: everyMs,
    ...(isGiven ? { initialData: initial } : {}),
  });
  useEffect(() => {
    if (filter !== given) window.history.replaceState(null, '', fleetPath(filter));
  }, [filter, given]);
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-3 sm:grid-cols-2">
        <Select
          label={text('fleet.project')}
          value={filter.project ?? ''}
          onChange={({ target: { value } }) =>
            setFilter({ range: filter.range, ...(value === '' ? {} : { project: value }) })
          }
        >
          <option value="">{text('fleet.anyProject')}</option>
          {projects.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <Select
          label={text('fleet.range')}
          value={filter.range}
          onChange={({ target }) => setFilter({ ...filter, range: target.value as FleetRange })}
        >
          {(Object.keys(fleetRanges) as FleetRange[]).map((range) => (
            <option key={range} value={range}>
              {text(`fleet.range.${range}`)}
            </option>
          ))}
        </Select>
      </div>
      {error === null ? null : <ErrorNotice error={error} />}
      {data === undefined ? null : <FleetFigures fleet={data} isOld={isPlaceholderData} />}
    </div>
  );
}

/** The figures; `isOld`: those of another time, until what was asked for is there. */
function FleetFigures({ fleet, isOld }: { fleet: Fleet; isOld: boolean }) {
  const text = useText();
  return (
    <div
      aria-busy={isOld}
      className={clsx('flex flex-col gap-4', isOld && 'opacity-60 transition-opacity delay-300')}
    >
      <section aria-labelledby="now">
        <h2 id="now" className="sr-only">
          {text('fleet.now')}
        </h2>
        <dl className="grid gap-3 min-[24rem]:grid-cols-3 sm:gap-4">
          {(['devices', 'locks', 'hubs'] as const).map((kind) => (
            <Card key={kind} className="flex flex-col justify-between px-3 py-3 sm:px-4">
              <dt className="text-sm text-ink-soft">{text(`fleet.now.${kind}`)}</dt>
              <dd className="text-2xl font-semibold tabular-nums">
                {fleet.now[kind].connected}{' '}
                <span className="text-base font-normal text-ink-soft">
                  {text('fleet.now.of', { total: fleet.now[kind].total })}
                </span>
              </dd>
            </Card>
          ))}
        </dl>
      </section>
      <FleetCharts fleet={fleet} />
    </div>
  );
}
