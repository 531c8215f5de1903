'use client';

import {
  BatteryLow,
  BatteryWarning,
  CircleHelp,
  LockKeyhole,
  type LucideIcon,
  Mail,
  MailWarning,
  Router,
  TriangleAlert,
  WifiOff,
} from 'lucide-react';
import { useText } from '../messages/provider';
import { useMomentText } from '../time/moment';
import { buttonClass } from '../ui/button';
import { Card } from '../ui/card';
import { Link } from '../ui/link';
import type { Attention, AttentionKind } from './attention';

const looks: Record<AttentionKind, { icon: LucideIcon; tone: string }> = {
  forced: { icon: TriangleAlert, tone: 'text-alarm' },
  jammed: { icon: TriangleAlert, tone: 'text-alarm' },
  contact: { icon: TriangleAlert, tone: 'text-alarm' },
  batteryCritical: { icon: BatteryWarning, tone: 'text-alarm' },
  hubUnreachable: { icon: Router, tone: 'text-unknown' },
  notFullyLocked: { icon: LockKeyhole, tone: 'text-alarm' },
  unreachable: { icon: WifiOff, tone: 'text-unknown' },
  silent: { icon: CircleHelp, tone: 'text-unknown' },
  batteryLow: { icon: BatteryLow, tone: 'text-notice' },
  invitationsExpired: { icon: MailWarning, tone: 'text-notice' },
  invitationsWaiting: { icon: Mail, tone: 'text-ink-soft' },
};

function Since({ at, zone }: { at: string; zone: string | undefined }) {
  const text = useText();
  const when = useMomentText(zone)(at);
  return (
    <time dateTime={at} className="font-normal text-ink-soft">
      {' '}
      {text('dashboard.since', { when })}
    </time>
  );
}

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
          {items.map(({ kind, id, homeName, itemName, href, since, timezone, count = 0 }) => {
            const { icon: Icon, tone } = looks[kind];
            const isInvitation = kind === 'invitationsExpired' || kind === 'invitationsWaiting';
            const way = isInvitation ? 'goMembers' : kind === 'hubUnreachable' ? 'goHub' : 'goDoor';
            const name = itemName ?? homeName;
            return (
              <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
                <Icon aria-hidden className={`size-5 shrink-0 ${tone}`} />
                <div className="min-w-0 flex-1 basis-52">
                  <p className="font-medium break-words">
                    {isInvitation ? `${homeName}: ` : `${name}, ${homeName}: `}
                    {isInvitation
                      ? text(`dashboard.${kind}.${count === 1 ? 'one' : 'other'}`, { count })
                      : text(`dashboard.${kind}`)}
                    {since === undefined ? null : <Since at={since} zone={timezone} />}
                  </p>
                  <p className="text-[0.9375rem] text-pretty text-ink-soft">
                    {text(`dashboard.${kind}.help`)}
                  </p>
                </div>
                <Link
                  href={href}
                  aria-label={text(`dashboard.${way}Of`, { name })}
                  className={buttonClass('secondary', 'max-sm:ml-9')}
                >
                  {text(`dashboard.${way}`)}
                </Link>
              </li>
            );
          })}
        </ul>
      </Card>
    </section>
  );
}
