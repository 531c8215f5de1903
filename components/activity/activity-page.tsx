import type { ReactNode } from 'react';
import { Card } from '../ui/card';
import { Skeleton } from '../ui/skeleton';

/** What stands around the log, loaded or not. */
export function ActivityPageFrame({
  title,
  lead,
  action,
  children,
}: {
  title: string;
  lead: string;
  /** Beside the title. */
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Card className="overflow-hidden">
      <section aria-labelledby="activity">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line px-4 py-4 sm:px-6">
          <div className="min-w-0">
            <h2 id="activity" className="text-xl font-semibold">
              {title}
            </h2>
            <p className="text-sm text-pretty text-ink-soft">{lead}</p>
          </div>
          {action}
        </div>
        {children}
      </section>
    </Card>
  );
}

const lines = [0, 1, 2, 3, 4, 5];

/** The log before its data, in the same measures. */
export function ActivityPageSkeleton({ label }: { label: string }) {
  return (
    <div aria-busy="true">
      <p role="status" className="sr-only">
        {label}
      </p>
      <div className="flex gap-2 border-b border-line px-4 py-3 sm:px-6">
        <Skeleton className="h-11 w-28 rounded-xl" />
      </div>
      <div className="divide-y divide-line">
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
    </div>
  );
}
