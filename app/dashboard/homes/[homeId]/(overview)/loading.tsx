import { Skeleton } from '@/components/ui/skeleton';

const three = [0, 1, 2];

export default function OverviewLoading() {
  return (
    <div aria-busy="true" className="flex flex-col gap-8">
      <div className="flex flex-col gap-3">
        <div className="flex min-h-13 flex-col justify-center gap-2">
          <Skeleton className="h-6 w-24 rounded-lg" />
          <Skeleton className="h-5 w-48 rounded-lg" />
        </div>
        <div className="grid grid-cols-1 gap-4 md:grid-cols-2 xl:grid-cols-3">
          {three.map((place) => (
            <Skeleton key={place} className={`h-36 rounded-2xl ${place === 0 ? '' : 'max-md:hidden'}`} />
          ))}
        </div>
      </div>
      <div className="flex flex-col gap-3">
        <Skeleton className="h-7 w-44 rounded-lg" />
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-3">
          {three.map((place) => (
            <Skeleton key={place} className="h-18 rounded-2xl" />
          ))}
        </div>
      </div>
      <div className="flex flex-col gap-3">
        <Skeleton className="h-7 w-40 rounded-lg" />
        <Skeleton className="h-16 rounded-2xl" />
      </div>
    </div>
  );
}
