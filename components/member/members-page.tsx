'use client';

import { UserPlus, Users } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Membership } from '@/server/contracts/members';
import { api } from '../hooks/api';
import { useAction } from '../hooks/use-action';
import { useHomeData } from '../hooks/use-home-data';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { later } from '../ui/later';
import { LoadFailed } from '../ui/load-failed';
import type { AddressKind } from './invite-dialog';
import { type Deed, MemberRow } from './member-row';
import { isLastOwner, memberName } from './member-words';

// Without `ssr: false` a dialog's script would be waited for by the whole page, which would show as loading.
const InviteDialog = later(async () => (await import('./invite-dialog')).InviteDialog);
const ReaddressDialog = later(async () => (await import('./invite-dialog')).ReaddressDialog);
const AccessDialog = later(async () => (await import('./access-dialog')).AccessDialog);
const ConfirmDialog = later(async () => (await import('./confirm-dialog')).ConfirmDialog);

export interface MembersPageProps {
  home: { id: number; name: string; role: 'owner' | 'member' | 'guest'; cursor: string; zone: string };
  initial: Membership[];
  doors: readonly { lockId: number; name: string }[];
  /** The service's time of the first paint, epoch milliseconds. */
  now: number;
  userId: number;
  /** Absent where the viewer may not invite. */
  invitesBy?: AddressKind | undefined;
}

/** Members of a home, live: who, in which role, what each can open, and how the invitations stand. */
export function MembersPage({ home, initial, doors, now, userId, invitesBy }: MembersPageProps) {
  const text = useText();
  const router = useRouter();
  const [open, setOpen] = useState<{ deed: Deed | 'invite'; userId?: number }>();
  const known = useHomeData<Membership[]>({
    homeId: home.id,
    cursor: home.cursor,
    queryKey: ['memberships', home.id],
    load: (signal) => api('members.details', { params: { homeId: home.id } }, { signal }),
    initial,
    madeAt: now,
    onMessage: ({ topic }) => topic === 'member' || topic === 'access',
  });
  const { data = initial, reload } = known;
  const subject = data.find((member) => member.userId === open?.userId);
  const close = () => {
    setOpen(undefined);
    reload();
  };
  const resend = useAction(
    (id: number) => api('members.resend', { params: { homeId: home.id, userId: id } }),
    { done: text('member.resent'), queues: true },
  );
  /** Whose invitation is on its way or waits for its turn. */
  const [sending, setSending] = useState<ReadonlySet<number>>(new Set());
  const sendAgain = async (id: number) => {
    if (sending.has(id)) return;
    setSending((known) => new Set(known).add(id));
    await resend.run(id);
    setSending((known) => new Set([...known].filter((one) => one !== id)));
    reload();
  };
  const remove = useAction(async (id: number) => {
    await api('members.remove', { params: { homeId: home.id, userId: id } });
    if (id !== userId) return 'done';
    router.push('/dashboard/homes');
    return 'leaving';
  });
  const act = (deed: Deed, member: Membership) => {
    if (deed === 'resend') void sendAgain(member.userId);
    else setOpen({ deed, userId: member.userId });
  };
  const question = subject === undefined ? undefined : questionOf(subject, userId);
  return (
    <section aria-labelledby="members" className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <h2 id="members" className="text-xl font-semibold">
            {text('member.title')}
          </h2>
          <p className="text-[0.9375rem] text-ink-soft">{text('member.lead')}</p>
        </div>
        {invitesBy === undefined ? null : (
          <Button kind="primary" onClick={() => setOpen({ deed: 'invite' })}>
            <UserPlus aria-hidden className="size-4.5" />
            {text('member.invite')}
          </Button>
        )}
      </div>
      <LoadFailed of={known} />
      <Card>
        <ul aria-live="polite" aria-relevant="additions removals" className="divide-y divide-line">
          {data.map((member) => (
            <MemberRow
              key={member.userId}
              member={member}
              viewer={{ userId, role: home.role, canInvite: invitesBy !== undefined }}
              isLastOwner={isLastOwner(member, data)}
              doors={doors}
              zone={home.zone}
              isSending={sending.has(member.userId)}
              onAct={(deed) => act(deed, member)}
            />
          ))}
        </ul>
        {data.length === 1 && invitesBy !== undefined ? (
          <div className="border-t border-line">
            <EmptyState
              icon={Users}
              level={3}
              title={text('member.alone.title')}
              text={text('member.alone.text')}
            />
          </div>
        ) : null}
      </Card>
      {open?.deed === 'invite' && invitesBy !== undefined ? (
        <InviteDialog
          homeId={home.id}
          kind={invitesBy}
          isOwner={home.role === 'owner'}
          onClose={close}
          onInvited={(id, role) => {
            reload();
            // A guest without a door sees nothing: the next step is to give one.
            setOpen(role === 'guest' && home.role === 'owner' ? { deed: 'edit', userId: id } : undefined);
          }}
        />
      ) : null}
      {open?.deed === 'edit' && subject !== undefined ? (
        <AccessDialog
          key={subject.userId}
          homeId={home.id}
          member={subject}
          name={memberName(subject)}
          doors={doors}
          zone={home.zone}
          isLastOwner={isLastOwner(subject, data)}
          onClose={close}
        />
      ) : null}
      {open?.deed === 'readdress' && subject !== undefined && invitesBy !== undefined ? (
        <ReaddressDialog
          homeId={home.id}
          userId={subject.userId}
          kind={invitesBy}
          address={memberName(subject)}
          onClose={close}
        />
      ) : null}
      {open?.deed === 'remove' && subject !== undefined && question !== undefined ? (
        <ConfirmDialog
          title={text(`member.${question}.title`, { name: memberName(subject), home: home.name })}
          lead={text(`member.${question}.text`, { name: memberName(subject) })}
          action={text(question === 'leave' ? 'member.leave' : 'member.remove')}
          isBusy={remove.isBusy}
          onConfirm={() =>
            void remove.run(subject.userId).then((isDone) => isDone && subject.userId !== userId && close())
          }
          onClose={close}
        />
      ) : null}
    </section>
  );
}

const questionOf = (member: Membership, userId: number): 'leave' | 'withdraw' | 'remove' =>
  member.userId === userId ? 'leave' : member.verified ? 'remove' : 'withdraw';
