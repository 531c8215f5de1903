import type { ReactNode } from 'react';
import type { TextOf } from '../messages/lookup';
import { Card } from '../ui/card';
import { Skeleton } from '../ui/skeleton';

/** What stands around the activity of a door, loaded or not. */
export function ActivityFrame({ text, children }: { text: TextOf; children: ReactNode }) {
  return (
    <Card className="overflow-hidden">
      <section aria-labelledby="activity">
        <div className="border-b border-line px-4 py-4 sm:px-6">
          <h2 id="activity" className="text-xl font-semibold">
            {text('activity.title')}
          </h2>
          <p className="text-sm text-ink-soft">{text('activity.lead')}</p>
        </div>
        {children}
      </section>
    </Card>
  );
}

const lines = [0, 1, 2, 3];

/** The activity before its data, in the same measures. */
export function ActivitySkeleton({ label }: { label: string }) {
  return (
    <div aria-busy="true" className="divide-y divide-line">
      <p role="status" className="sr-only">
        {label}
      </p>
      {lines.map((line) => (
        <div key={line} className="flex items-start justify-between gap-4 px-4 py-3.5 sm:px-6">
          <div className="flex flex-col gap-2 py-0.5">
            <Skeleton className="h-5 w-36 rounded-lg" />
            <Skeleton className="h-4 w-44 rounded-lg" />
          </div>
          <Skeleton className="h-7 w-24 rounded-full" />
        </div>
      ))}
    </div>
  );
}
