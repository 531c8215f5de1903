'use client';

import { clsx } from 'clsx';
import { DoorClosed, House } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useText } from '../messages/provider';
import { Link } from '../ui/link';

/** The two ways into everything: doors and homes. */
export function MainNav() {
  const text = useText();
  const path = usePathname();
  const isInHomes = path.startsWith('/dashboard/homes');
  const isInDoors = path === '/dashboard' || path.startsWith('/dashboard/locks');
  const places = [
    { href: '/dashboard', label: text('doors.title'), icon: DoorClosed, isCurrent: isInDoors },
    { href: '/dashboard/homes', label: text('nav.homes'), icon: House, isCurrent: isInHomes },
  ];
  return (
    <nav aria-label={text('nav.main')}>
      <ul className="flex gap-1">
        {places.map(({ href, label, icon: Icon, isCurrent }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={isCurrent ? 'page' : undefined}
              className={clsx(
                'flex min-h-11 items-center gap-2 rounded-xl px-3 text-[0.9375rem] font-medium',
                isCurrent ? 'bg-sunken text-ink' : 'text-ink-soft hover:bg-sunken hover:text-ink',
              )}
            >
              <Icon aria-hidden className="size-4.5" />
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
