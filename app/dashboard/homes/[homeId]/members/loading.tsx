import { Card } from '@/components/ui/card';
import { Skeleton } from '@/components/ui/skeleton';

const rows = [0, 1, 2];

export default function MembersLoading() {
  return (
    <div aria-busy="true" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="flex flex-col gap-1">
          <Skeleton className="h-7 w-32 rounded-lg" />
          <Skeleton className="h-5 w-72 max-w-full rounded-lg" />
        </div>
        <Skeleton className="h-11 w-44 rounded-xl" />
      </div>
      <Card className="divide-y divide-line overflow-hidden">
        {rows.map((row) => (
          <div
            key={row}
            className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-2 px-4 py-4 sm:grid-cols-[minmax(0,4fr)_minmax(0,5fr)_auto] sm:px-6"
          >
            <div className="flex flex-col gap-1.5">
              <Skeleton className="h-6 w-40 max-w-full rounded-lg" />
              <Skeleton className="h-5 w-56 max-w-full rounded-lg" />
              <Skeleton className="h-7 w-20 rounded-full" />
            </div>
            <Skeleton className="col-span-2 row-start-2 h-5 w-44 rounded-lg sm:col-span-1 sm:col-start-2 sm:row-start-1" />
            <Skeleton className="col-start-2 row-start-1 size-11 rounded-xl sm:col-start-3" />
          </div>
        ))}
      </Card>
    </div>
  );
}
