'use client';

import { Ban, CalendarClock, Check, Clock, Hourglass, type LucideIcon } from 'lucide-react';
import type { TempKeyView } from '@/server/contracts/temp-keys';
import { usePreferences, useText } from '../messages/provider';
import { useNow } from '../time/clock';
import { useMomentText } from '../time/moment';
import { Badge, type BadgeTone } from '../ui/badge';
import { Button } from '../ui/button';
import { isAlive, linkTitle, usesLeftWords } from './link-words';
import { capitalised, windowWords } from './window-words';

const looks: Record<TempKeyView['state'], { tone: BadgeTone; icon: LucideIcon }> = {
  open: { tone: 'calm', icon: Check },
  'outside-window': { tone: 'notice', icon: Clock },
  'not-yet-valid': { tone: 'notice', icon: CalendarClock },
  expired: { tone: 'plain', icon: Hourglass },
  'used-up': { tone: 'plain', icon: Hourglass },
  revoked: { tone: 'plain', icon: Ban },
};

interface LinkRowProps {
  link: TempKeyView;
  zone: string;
  onChange: (link: TempKeyView) => void;
  onRevoke: (link: TempKeyView) => void;
}

/** A guest link: how it stands, when it works, how often it was used, and what can be done with it. */
export function LinkRow({ link, zone, onChange, onRevoke }: LinkRowProps) {
  const text = useText();
  const { hourCycle } = usePreferences();
  const now = useNow(undefined);
  const momentOf = useMomentText(zone);
  const name = linkTitle(link, text);
  const { tone, icon } = looks[link.state];
  const doors = link.doors.map((door) =>
    door.accessMethod === 'key' ? door.name : text('links.withPin', { door: door.name }),
  );
  return (
    <li className="flex flex-col gap-3 px-4 py-4 sm:flex-row sm:items-start sm:justify-between sm:gap-6 sm:px-6">
      <div className="flex min-w-0 flex-col gap-1 text-[0.9375rem]">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h3 className="text-base font-semibold break-words">{name}</h3>
          <Badge tone={tone} icon={icon}>
            {text(`links.state.${link.state}`)}
          </Badge>
        </div>
        <p>{capitalised(windowWords(link, text, zone, { now, hourCycle }))}</p>
        {link.nextOpening === undefined || link.state === 'not-yet-valid' ? null : (
          <p className="text-ink-soft">{text('links.nextOpening', { when: momentOf(link.nextOpening) })}</p>
        )}
        <p className="text-ink-soft">
          {usesLeftWords(link, text)} ·{' '}
          {link.lastUsedAt === undefined
            ? text('links.neverUsed')
            : text('links.lastUsed', { when: momentOf(link.lastUsedAt) })}
        </p>
        <p className="break-words text-ink-soft">{text('links.doors', { doors: doors.join(', ') })}</p>
        <p className="text-sm text-ink-faint">
          {text('links.madeBy', { name: link.createdBy.name, when: momentOf(link.createdAt) })}
        </p>
      </div>
      {isAlive(link) || link.state === 'used-up' ? (
        <div className="flex shrink-0 gap-2">
          <Button onClick={() => onChange(link)} aria-label={text('links.changeOf', { name })}>
            {text('links.change')}
          </Button>
          <Button onClick={() => onRevoke(link)} aria-label={text('links.revokeOf', { name })}>
            {text('links.revoke')}
          </Button>
        </div>
      ) : null}
    </li>
  );
}
