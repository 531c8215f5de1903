'use client';

import {
  BatteryLow,
  BatteryWarning,
  CircleHelp,
  LockKeyhole,
  type LucideIcon,
  Mail,
  MailWarning,
  TriangleAlert,
  WifiOff,
} from 'lucide-react';
import Link from 'next/link';
import { useText } from '../messages/provider';
import { Moment } from '../time/moment';
import { buttonClass } from '../ui/button';
import { Card } from '../ui/card';
import type { Attention, AttentionKind } from './attention';

const looks: Record<AttentionKind, { icon: LucideIcon; tone: string }> = {
  forced: { icon: TriangleAlert, tone: 'text-alarm' },
  jammed: { icon: TriangleAlert, tone: 'text-alarm' },
  contact: { icon: TriangleAlert, tone: 'text-alarm' },
  batteryCritical: { icon: BatteryWarning, tone: 'text-alarm' },
  notFullyLocked: { icon: LockKeyhole, tone: 'text-alarm' },
  unreachable: { icon: WifiOff, tone: 'text-unknown' },
  silent: { icon: CircleHelp, tone: 'text-unknown' },
  batteryLow: { icon: BatteryLow, tone: 'text-notice' },
  invitationsExpired: { icon: MailWarning, tone: 'text-notice' },
  invitationsWaiting: { icon: Mail, tone: 'text-ink-soft' },
};

/** What needs attention, each with what helps and the way to where that is done; nothing when all is in order. */
export function AttentionList({ items }: { items: readonly Attention[] }) {
  const text = useText();
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="attention" className="flex flex-col gap-3">
      <h2 id="attention" className="text-base font-semibold text-ink-soft">
        {text('dashboard.attention')}
      </h2>
      <Card>
        <ul aria-live="polite" className="divide-y divide-line">
          {items.map(({ kind, id, homeName, doorName, href, since, timezone, count = 0 }) => {
            const { icon: Icon, tone } = looks[kind];
            const isInvitation = kind === 'invitationsExpired' || kind === 'invitationsWaiting';
            const name = doorName ?? homeName;
            return (
              <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
                <Icon aria-hidden className={`size-5 shrink-0 ${tone}`} />
                <div className="min-w-0 flex-1 basis-52">
                  <p className="font-medium break-words">
                    {isInvitation ? `${homeName}: ` : `${name}, ${homeName}: `}
                    {isInvitation
                      ? text(`dashboard.${kind}.${count === 1 ? 'one' : 'other'}`, { count })
                      : text(`dashboard.${kind}`)}
                    {since === undefined ? null : (
                      <span className="font-normal text-ink-soft">
                        {' '}
                        (<Moment at={since} zone={timezone} />)
                      </span>
                    )}
                  </p>
                  <p className="text-[0.9375rem] text-pretty text-ink-soft">
                    {text(`dashboard.${kind}.help`)}
                  </p>
                </div>
                <Link
                  href={href}
                  aria-label={text(isInvitation ? 'dashboard.goMembersOf' : 'dashboard.goDoorOf', { name })}
                  className={buttonClass('secondary', 'max-sm:ml-9')}
                >
                  {text(isInvitation ? 'dashboard.goMembers' : 'dashboard.goDoor')}
                </Link>
              </li>
            );
          })}
        </ul>
      </Card>
    </section>
  );
}
