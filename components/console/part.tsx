import type { ReactNode } from 'react';
import { Card } from '../ui/card';

/** A titled part of a dense page. */
export function Part({
  id,
  title,
  action,
  children,
}: {
  id: string;
  title: string;
  /** What can be done to the whole of it. */
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Card className="min-w-0 overflow-hidden">
      <section aria-labelledby={id}>
        <div className="flex min-h-12 items-center justify-between gap-3 border-b border-line pr-2 pl-4">
          <h2 id={id} className="py-2.5 font-semibold">
            {title}
          </h2>
          {action}
        </div>
        {children}
      </section>
    </Card>
  );
}

/** One thing of a part: name, what is known of it, and what can be done. */
export function Row({
  id,
  title,
  lines,
  children,
}: {
  /** Where links of the search lead. */
  id?: string;
  title: ReactNode;
  lines: readonly ReactNode[];
  children?: ReactNode;
}) {
  return (
    <li
      id={id}
      className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-2 px-4 py-2 target:bg-accent-soft/50"
    >
      <div className="min-w-0 py-1 text-sm">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[0.9375rem] font-medium break-words">
          {title}
        </div>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a row have their places
          <div key={index} className="break-words text-ink-soft">
            {line}
          </div>
        ))}
      </div>
      {children}
    </li>
  );
}
