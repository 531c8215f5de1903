'use client';

import { clsx } from 'clsx';
import { Boxes, ChartColumn, CircleUser, LogOut, ScrollText, Search, Users } from 'lucide-react';
import { usePathname } from 'next/navigation';
import type { StaffRole } from '@/server/contracts/staff';
import { api } from '../hooks/api';
import { useAction } from '../hooks/use-action';
import { useText } from '../messages/provider';
import { Brand } from '../shell/brand';
import { Button } from '../ui/button';
import { Link } from '../ui/link';

/** Top of every page of the console: where one is, who one is, and the way out. */
export function SupportHeader({ name, role }: { name: string; role: StaffRole }) {
  const text = useText();
  const path = usePathname();
  const leave = useAction(async () => {
    await api('staff.signOut', {});
    window.location.assign('/support/sign-in');
  });
  const places = [
    { href: '/support', label: text('support.bar.search'), icon: Search },
    { href: '/support/projects', label: text('support.bar.projects'), icon: Boxes },
    { href: '/support/fleet', label: text('support.bar.fleet'), icon: ChartColumn },
    { href: '/support/audit', label: text('support.bar.audit'), icon: ScrollText },
    ...(role === 'admin'
      ? [{ href: '/support/staff', label: text('support.staff.title'), icon: Users }]
      : []),
  ];
  const isOwn = path === '/support/account';
  const current = isOwn
    ? undefined
    : (places.find(({ href }) => href !== '/support' && path.startsWith(href)) ?? places[0]);
  const who = text('support.bar.signedIn', { name, role: text(`support.role.${role}`) });
  return (
    <header className="border-b border-line bg-surface print:hidden">
      <div className="mx-auto flex min-h-14 max-w-6xl flex-wrap items-center gap-x-2 px-2 py-1.5 sm:min-h-16 sm:gap-x-4 sm:px-6">
        <Link
          href="/support"
          aria-label={text('support.title')}
          className="flex min-h-11 min-w-11 items-center justify-center rounded-lg text-lg"
        >
          <Brand name={text('support.title')} className="max-sm:gap-0 max-sm:text-[0px]" />
        </Link>
        {/* Below the rest where it is narrow, and in as many lines as it needs. */}
        <nav aria-label={text('support.bar.nav')} className="max-lg:order-last max-lg:basis-full">
          <ul className="flex flex-wrap gap-1">
            {places.map(({ href, label, icon: Icon }) => (
              <li key={href}>
                <Link
                  href={href}
                  aria-current={href === current?.href ? 'page' : undefined}
                  className={clsx(
                    'flex min-h-11 items-center gap-2 rounded-xl px-2.5 text-[0.9375rem] sm:px-3 font-medium',
                    href === current?.href
                      ? 'bg-sunken text-ink'
                      : 'text-ink-soft hover:bg-sunken hover:text-ink',
                  )}
                >
                  <Icon aria-hidden className="size-4.5 max-sm:hidden" />
                  {label}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        {/* Whose name is in the record must be seen at every width. */}
        <p className="flex min-w-0 flex-1 justify-end text-sm md:text-[0.9375rem]">
          <Link
            href="/support/account"
            aria-current={path === '/support/account' ? 'page' : undefined}
            className="flex min-h-11 min-w-0 items-center gap-2 rounded-xl px-2 text-ink-soft hover:bg-sunken hover:text-ink"
          >
            <CircleUser aria-hidden className="size-5 shrink-0" />
            <span className="max-w-72 truncate">{who}</span>
          </Link>
        </p>
        <div className="flex items-center">
          <Button
            kind="quiet"
            disabled={leave.isBusy}
            onClick={() => void leave.run()}
            className="shrink-0 max-sm:w-11 max-sm:px-0"
          >
            <LogOut aria-hidden className="size-4.5 shrink-0" />
            <span className="max-sm:sr-only">{text(leave.isBusy ? 'nav.signingOut' : 'nav.signOut')}</span>
          </Button>
        </div>
      </div>
    </header>
  );
}
