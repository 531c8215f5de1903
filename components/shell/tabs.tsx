'use client';

import { clsx } from 'clsx';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { Link } from '../ui/link';

export interface Tab {
  href: string;
  label: string;
}

/** Pages that belong together, one of which is shown. The first also stands for nothing further in the address. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const path = usePathname();
  const list = useRef<HTMLUListElement>(null);
  const current = tabs.find(({ href }, index) =>
    index === 0 ? path === href : path === href || path.startsWith(`${href}/`),
  )?.href;
  // On a phone the row scrolls: what is shown must be in sight.
  useEffect(() => {
    if (current === undefined) return;
    const row = list.current;
    const link = row?.querySelector<HTMLElement>('[aria-current=page]');
    if (row === null || link == null) return;
    row.scrollLeft = link.offsetLeft - row.clientWidth / 2 + link.clientWidth / 2;
  }, [current]);
  return (
    <nav aria-label={label} className="-mx-4 border-b border-line sm:mx-0">
      <ul ref={list} className="relative flex gap-1 overflow-x-auto px-4 [scrollbar-width:none] sm:px-0">
        {tabs.map(({ href, label: name }) => (
          <li key={href} className="shrink-0">
            <Link
              href={href}
              aria-current={href === current ? 'page' : undefined}
              className={clsx(
                'flex min-h-11 items-center rounded-t-lg border-b-2 px-3 text-[0.9375rem] font-medium -outline-offset-3',
                href === current
                  ? 'border-accent text-ink'
                  : 'border-transparent text-ink-soft hover:text-ink',
              )}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
