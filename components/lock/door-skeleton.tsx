import { Card } from '../ui/card';
import { Skeleton } from '../ui/skeleton';

/** The door page before its data, in the same measures. */
export function DoorSkeleton({ label }: { label: string }) {
  return (
    <div aria-busy="true" className="flex flex-col gap-6">
      <p role="status" className="sr-only">
        {label}
      </p>
      <div className="flex flex-col gap-2">
        <Skeleton className="h-6 w-28 rounded-lg" />
        <Skeleton className="h-9 w-56 rounded-lg" />
        <Skeleton className="h-6 w-32 rounded-lg" />
      </div>
      <Card className="grid overflow-hidden lg:grid-cols-2">
        <div className="grid grid-cols-[42%_minmax(0,1fr)] sm:flex sm:flex-col">
          <div className="grid bg-[var(--lock-stage)] sm:place-items-center sm:px-4 sm:pt-6">
            <div className="w-full sm:aspect-square sm:max-w-72 lg:max-w-96" />
          </div>
          <div className="flex min-h-52 flex-col justify-center gap-2.5 border-l border-line p-4 sm:min-h-0 sm:justify-start sm:gap-3 sm:border-t sm:border-l-0 sm:px-6">
            <Skeleton className="h-7 w-full max-w-48 rounded-full" />
            <Skeleton className="h-5.5 w-full max-w-sm rounded-lg" />
            <Skeleton className="h-5 w-36 rounded-lg" />
          </div>
        </div>
        <div className="flex flex-col items-stretch justify-center gap-5 border-t border-line px-4 py-6 sm:px-6 lg:border-t-0 lg:border-l">
          <div className="flex flex-col items-center gap-2">
            <Skeleton className="size-44 rounded-full" />
            <Skeleton className="h-12 w-64 rounded-lg" />
            <Skeleton className="h-11 w-64 rounded-xl" />
          </div>
          <Skeleton className="h-56 w-full rounded-2xl" />
        </div>
      </Card>
      <Card className="flex flex-col gap-4 px-4 py-5 sm:px-6">
        <Skeleton className="h-7 w-32 rounded-lg" />
        {[0, 1, 2].map((line) => (
          <Skeleton key={line} className="h-12 w-full" />
        ))}
      </Card>
    </div>
  );
}
