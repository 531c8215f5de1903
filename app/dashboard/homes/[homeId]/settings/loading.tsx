import { Card } from '@/components/ui/card';
import { Skeleton } from '@/components/ui/skeleton';

const two = [0, 1];

export default function SettingsLoading() {
  return (
    <div aria-busy="true" className="flex flex-col gap-6">
      <Card className="flex flex-col gap-4 p-5 sm:p-6">
        <Skeleton className="h-7 w-48 rounded-lg" />
        <div className="flex max-w-lg flex-col gap-5">
          {two.map((field) => (
            <div key={field} className="flex flex-col gap-1.5">
              <Skeleton className="h-6 w-24 rounded-lg" />
              <Skeleton className="h-12 rounded-xl" />
              {field === 0 ? null : <Skeleton className="h-5 w-80 max-w-full rounded-lg" />}
            </div>
          ))}
          <Skeleton className="h-11 w-20 rounded-xl" />
        </div>
      </Card>
      <Card className="divide-y divide-line px-5 sm:px-6">
        {two.map((part) => (
          <div key={part} className="flex flex-wrap items-center justify-between gap-4 py-5">
            <div className="flex flex-col gap-2">
              <Skeleton className="h-6 w-36 rounded-lg" />
              <Skeleton className="h-5 w-72 max-w-full rounded-lg" />
            </div>
            <Skeleton className="h-11 w-36 rounded-xl" />
          </div>
        ))}
      </Card>
    </div>
  );
}
