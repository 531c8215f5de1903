'use client';

import { Ellipsis, Link2, LogOut, Power, SlidersHorizontal } from 'lucide-react';
import type { StaffAccount } from '@/server/contracts/staff';
import { useText } from '../messages/provider';
import { Moment } from '../time/moment';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Menu, MenuItem } from '../ui/menu';

export type StaffDeed = 'change' | 'link' | 'sessions' | 'disable' | 'enable';

interface StaffRowProps {
  account: StaffAccount;
  isOwn: boolean;
  onAct: (deed: StaffDeed) => void;
}

/** One staff account: who, as what, for which projects, and what is missing before it can be used. */
export function StaffRow({ account, isOwn, onAct }: StaffRowProps) {
  const text = useText();
  const { name, email, role, everyProject, projects, isSetUp, hasFactor, disabled, lastUseTime } = account;
  const works = everyProject
    ? text('support.staff.everyProject')
    : projects.map((project) => project.name).join(', ') || text('support.staff.noProject');
  return (
    <li className="flex items-start gap-3 border-b border-line px-4 py-4 last:border-b-0 sm:px-5">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          <span className="break-words">{name}</span>
          {isOwn ? <Badge tone="calm">{text('support.staff.you')}</Badge> : null}
          <Badge tone="plain">{text(`support.role.${role}`)}</Badge>
          {disabled ? <Badge tone="alarm">{text('support.staff.off')}</Badge> : null}
          {!disabled && !isSetUp ? <Badge tone="notice">{text('support.staff.waiting')}</Badge> : null}
          {!disabled && isSetUp && !hasFactor ? (
            <Badge tone="notice">{text('support.staff.noFactor')}</Badge>
          ) : null}
        </p>
        <p className="mt-0.5 text-sm break-words text-ink-soft">{email}</p>
        <p className="mt-0.5 text-sm break-words text-ink-soft">
          {works} ·{' '}
          {lastUseTime === undefined ? (
            text('support.staff.never')
          ) : (
            <>
              {text('support.staff.used')} <Moment at={lastUseTime} zone={undefined} />
            </>
          )}
        </p>
      </div>
      {isOwn ? null : (
        <Menu
          trigger={
            <Button kind="quiet" isIcon aria-label={text('support.staff.more', { name })}>
              <Ellipsis aria-hidden className="size-5" />
            </Button>
          }
        >
          <MenuItem icon={SlidersHorizontal} onSelect={() => onAct('change')}>
            {text('support.staff.change')}
          </MenuItem>
          {disabled ? null : (
            <>
              <MenuItem icon={Link2} onSelect={() => onAct('link')}>
                {text('support.staff.link')}
              </MenuItem>
              <MenuItem icon={LogOut} onSelect={() => onAct('sessions')}>
                {text('support.staff.sessions')}
              </MenuItem>
            </>
          )}
          <MenuItem
            icon={Power}
            isDangerous={!disabled}
            onSelect={() => onAct(disabled ? 'enable' : 'disable')}
          >
            {text(disabled ? 'support.staff.enable' : 'support.staff.disable')}
          </MenuItem>
        </Menu>
      )}
    </li>
  );
}
