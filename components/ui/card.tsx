import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

/** Classes of a raised surface. */
export const cardClass = (className?: string): string =>
  clsx('rounded-2xl border border-line bg-surface shadow-card', className);

/** A raised surface. */
export function Card({ className, ...rest }: ComponentProps<'div'>) {
  return <div className={cardClass(className)} {...rest} />;
}
