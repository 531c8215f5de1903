'use client';

import { Ellipsis, Eye, LogOut, Mail, MailWarning, Pencil, Send, UserMinus } from 'lucide-react';
import type { Membership } from '@/server/contracts/members';
import { windowWords } from '../access/window-words';
import { usePreferences, useText } from '../messages/provider';
import { useServerTime } from '../time/clock';
import { Moment } from '../time/moment';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Menu, MenuItem } from '../ui/menu';
import type { Role } from './describe-change';
import { memberName, windowOf } from './member-words';

export type Deed = 'edit' | 'resend' | 'readdress' | 'remove';

interface MemberRowProps {
  member: Membership;
  viewer: { userId: number; role: Role; canInvite: boolean };
  isLastOwner: boolean;
  doors: readonly { lockId: number; name: string }[];
  zone: string;
  isSending: boolean;
  onAct: (deed: Deed) => void;
}

/** What a member can open, a line a door. */
function Opens({
  member,
  viewer,
  doors,
  zone,
}: Pick<MemberRowProps, 'member' | 'viewer' | 'doors' | 'zone'>) {
  const text = useText();
  const { hourCycle } = usePreferences();
  const serverTime = useServerTime();
  if (member.role !== 'guest') return text('member.opensAll');
  if (viewer.role !== 'owner' && member.userId !== viewer.userId) return text('member.notToldOpens');
  if (member.grants.length === 0) return text('member.opensNone');
  return (
    <ul>
      {member.grants.map((grant) => (
        <li key={grant.id}>
          {text('member.opens', {
            door: doors.find(({ lockId }) => lockId === grant.lockId)?.name ?? '…',
            window: windowWords(windowOf(grant), text, zone, { now: serverTime(), hourCycle }),
          })}
          {grant.state === 'expired' ? ` (${text('member.ended')})` : null}
        </li>
      ))}
    </ul>
  );
}

const looks = {
  sent: { tone: 'plain', icon: Mail },
  seen: { tone: 'plain', icon: Eye },
  expired: { tone: 'notice', icon: MailWarning },
} as const;

function Invitation({
  invitation,
  zone,
}: {
  invitation: NonNullable<Membership['invitation']>;
  zone: string;
}) {
  const text = useText();
  const { state, expiresAt } = invitation;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-soft">
      <Badge {...looks[state]}>{text(`member.invitation.${state}`)}</Badge>
      <span>
        {text(state === 'expired' ? 'member.invitation.expiredAt' : 'member.invitation.expires')}{' '}
        <Moment at={expiresAt} zone={zone} />
      </span>
    </div>
  );
}

/** One member: who, the role, what can be opened, the invitation, and what can be done about it. */
export function MemberRow({ member, viewer, isLastOwner, doors, zone, isSending, onAct }: MemberRowProps) {
  const text = useText();
  const name = memberName(member);
  const isViewer = member.userId === viewer.userId;
  const isOwner = viewer.role === 'owner';
  const address = member.email ?? member.phoneNumber;
  const canRemove = (isViewer || viewer.canInvite) && !isLastOwner;
  const canSend = member.invitation !== undefined && member.email !== undefined && viewer.canInvite;
  const hasMenu = isOwner || canRemove;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-2 px-4 py-4 sm:grid-cols-[minmax(0,4fr)_minmax(0,5fr)_auto] sm:px-6">
      <div className="flex min-w-0 flex-col items-start gap-1.5">
        <h3 className="max-w-full font-medium break-words">
          {isViewer ? text('member.you', { name }) : name}
        </h3>
        {address === undefined || address === name ? null : (
          <p className="max-w-full text-sm break-words text-ink-soft">{address}</p>
        )}
        <Badge tone={member.role === 'owner' ? 'calm' : 'plain'}>{text(`member.role.${member.role}`)}</Badge>
      </div>
      <div className="col-span-2 row-start-2 flex flex-col items-start gap-2 text-[0.9375rem] sm:col-span-1 sm:col-start-2 sm:row-start-1">
        <div className="text-pretty">
          <Opens member={member} viewer={viewer} doors={doors} zone={zone} />
        </div>
        {member.invitation === undefined ? null : <Invitation invitation={member.invitation} zone={zone} />}
        {canSend ? (
          <Button aria-disabled={isSending} onClick={() => onAct('resend')}>
            <Send aria-hidden className="size-4.5" />
            {text('member.resend')}
          </Button>
        ) : null}
        {isLastOwner && isViewer ? (
          <p className="text-sm text-ink-soft">{text('member.leave.lastOwner')}</p>
        ) : null}
      </div>
      {hasMenu ? (
        <div className="col-start-2 row-start-1 sm:col-start-3">
          <Menu
            trigger={
              <Button kind="quiet" isIcon aria-label={text('member.actions', { name })}>
                <Ellipsis aria-hidden className="size-5" />
              </Button>
            }
          >
            {isOwner ? (
              <MenuItem icon={Pencil} onSelect={() => onAct('edit')}>
                {text('member.edit')}
              </MenuItem>
            ) : null}
            {isOwner && member.invitation !== undefined ? (
              <MenuItem icon={Mail} onSelect={() => onAct('readdress')}>
                {text('member.readdress')}
              </MenuItem>
            ) : null}
            {canRemove ? (
              <MenuItem icon={isViewer ? LogOut : UserMinus} isDangerous onSelect={() => onAct('remove')}>
                {text(isViewer ? 'member.leave' : 'member.remove')}
              </MenuItem>
            ) : null}
          </Menu>
        </div>
      ) : null}
    </li>
  );
}
