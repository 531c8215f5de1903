import { clsx } from 'clsx';

/** A place where something of the same size will stand. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={clsx('animate-pulse bg-line/70', className)} />;
}
