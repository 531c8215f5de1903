import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';

interface LineShellProps {
  title: ReactNode;
  /** Below the title. */
  about: ReactNode;
  /** When, and how it went. */
  course: ReactNode;
  badge: ReactNode;
  /** Everything that is known, for whoever opens the line. */
  children: ReactNode;
}

/** A line of the log: what it says at a glance, and opened, everything. */
export function LineShell({ title, about, course, badge, children }: LineShellProps) {
  return (
    <li>
      <details className="group">
        <summary className="grid min-h-16 cursor-pointer list-none grid-cols-[minmax(0,1fr)_auto_1.25rem] items-start gap-x-3 gap-y-1 px-4 py-3.5 -outline-offset-3 hover:bg-sunken/50 sm:grid-cols-[minmax(0,5fr)_minmax(0,4fr)_minmax(9rem,auto)_1.25rem] sm:gap-x-4 sm:px-6 [&::-webkit-details-marker]:hidden">
          <span className="min-w-0 max-sm:contents">
            <span className="line-clamp-2 min-w-0 font-medium break-words">{title}</span>
            <span className="block text-sm text-ink-soft max-sm:col-span-3 max-sm:row-start-2">{about}</span>
          </span>
          <span className="col-span-3 row-start-3 flex flex-wrap gap-x-3 text-sm text-ink-soft sm:col-span-1 sm:col-start-2 sm:row-start-1 sm:flex-col">
            {course}
          </span>
          <span className="justify-self-end">{badge}</span>
          <ChevronDown
            aria-hidden
            className="mt-1 size-5 text-ink-soft transition-transform duration-100 group-open:rotate-180 motion-reduce:transition-none"
          />
        </summary>
        <dl className="grid gap-x-6 gap-y-3 border-t border-line bg-sunken/50 px-4 py-4 text-[0.9375rem] sm:grid-cols-3 sm:px-6">
          {children}
        </dl>
      </details>
    </li>
  );
}

export function LineFact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-ink-soft">{name}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}
