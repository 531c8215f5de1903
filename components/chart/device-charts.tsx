'use client';

import { useText } from '../messages/provider';
import { Card } from '../ui/card';
import { later } from '../ui/later';
import { Skeleton } from '../ui/skeleton';
import type { DeviceChartProps } from './device-chart';

/** Where the chart will stand. */
function ChartSkeleton() {
  const text = useText();
  return (
    <div role="status" aria-busy="true" aria-label={text('chart.loading')} className="flex flex-col gap-5">
      <div className="grid gap-4 sm:grid-cols-2">
        <Skeleton className="h-19 rounded-xl" />
        <Skeleton className="h-19 rounded-xl" />
      </div>
      <Card className="p-4 sm:p-6">
        <Skeleton className="h-143 rounded-xl sm:h-130" />
      </Card>
    </div>
  );
}

const DeviceChart = later(async () => (await import('./device-chart')).DeviceChart, ChartSkeleton);

/** Charts of what a device tells in numbers; what draws them is loaded behind the page. */
export function DeviceCharts(props: DeviceChartProps) {
  const text = useText();
  return (
    <section aria-labelledby="charts" className="flex flex-col gap-5">
      <div>
        <h3 id="charts" className="text-lg font-semibold">
          {text('chart.title')}
        </h3>
        <p className="text-pretty text-ink-soft">{text('chart.lead')}</p>
      </div>
      <DeviceChart {...props} />
    </section>
  );
}
