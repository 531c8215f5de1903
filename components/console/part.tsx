import type { ReactNode } from 'react';
import { Card } from '../ui/card';

/** A titled part of a dense page. */
export function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <Card className="min-w-0 overflow-hidden">
      <section aria-labelledby={id}>
        <h2 id={id} className="border-b border-line px-4 py-2.5 font-semibold">
          {title}
        </h2>
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
