import { Card } from '@/components/ui/card';
import { Skeleton } from '@/components/ui/skeleton';

const rows = [0, 1, 2, 3, 4];

export default function DevicesLoading() {
  return (
    <div aria-busy="true" className="flex flex-col gap-5">
      <div className="flex items-start justify-between">
        <div className="flex flex-col gap-2">
          <Skeleton className="h-7 w-32 rounded-lg" />
          <Skeleton className="h-5 w-48 rounded-lg" />
        </div>
        <Skeleton className="h-11 w-36 rounded-xl" />
      </div>
      <Skeleton className="h-18 w-full rounded-xl" />
      <Card className="divide-y divide-line overflow-hidden">
        {rows.map((row) => (
          <div key={row} className="flex h-19 items-center justify-between px-4 sm:px-6">
            <div className="flex flex-col gap-2">
              <Skeleton className="h-5 w-40 rounded-lg" />
              <Skeleton className="h-4 w-56 rounded-lg" />
            </div>
            <Skeleton className="h-7 w-28 rounded-full" />
          </div>
        ))}
      </Card>
    </div>
  );
}
