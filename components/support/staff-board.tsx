'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { StaffAccount } from '@/server/contracts/staff';
import { api } from '../hooks/api';
import { useAction } from '../hooks/use-action';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { later } from '../ui/later';
import type { Project } from './account-rights';
import { type StaffDeed, StaffRow } from './staff-row';

const NewAccountDialog = later(async () => (await import('./new-account-dialog')).NewAccountDialog);
const ChangeAccountDialog = later(async () => (await import('./change-account-dialog')).ChangeAccountDialog);
const SetUpLinkDialog = later(async () => (await import('./set-up-link-dialog')).SetUpLinkDialog);
const ConfirmDialog = later(async () => (await import('../member/confirm-dialog')).ConfirmDialog);

const accountsKey = ['staff-accounts'] as const;

interface StaffBoardProps {
  initial: StaffAccount[];
  /** Those that the viewer may give. */
  projects: readonly Project[];
  viewer: { accountId: number; worksForAll: boolean };
}

/** The staff accounts that an administrator manages. */
export function StaffBoard({ initial, projects, viewer }: StaffBoardProps) {
  const text = useText();
  const queries = useQueryClient();
  const { data } = useQuery({
    queryKey: accountsKey,
    queryFn: async () => (await api('staff.accounts', {})).items,
    initialData: initial,
  });
  const [open, setOpen] = useState<'new' | { deed: StaffDeed; accountId: number }>();
  const close = () => setOpen(undefined);
  const reload = () => queries.invalidateQueries({ queryKey: accountsKey });
  const subject =
    open === undefined || open === 'new' ? undefined : data.find(({ id }) => id === open.accountId);
  const deed = open === undefined || open === 'new' ? undefined : open.deed;

  const at = (accountId: number) => ({ params: { accountId } });
  const sessions = useAction((id: number) => api('staff.endSessions', at(id)), {
    done: text('support.staff.sessions.ended'),
  });
  const enable = useAction((id: number) => api('staff.enable', at(id)).then(reload), {
    done: text('support.staff.enabled'),
  });
  const disable = useAction((id: number) => api('staff.disable', at(id)).then(reload));
  const act = (what: StaffDeed, accountId: number) => {
    if (what === 'sessions') void sessions.run(accountId);
    else if (what === 'enable') void enable.run(accountId);
    else setOpen({ deed: what, accountId });
  };

  return (
    <section className="flex flex-col gap-6" aria-labelledby="staff-title">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h1 id="staff-title" className="text-3xl font-semibold">
            {text('support.staff.title')}
          </h1>
          <p className="mt-1 max-w-2xl text-pretty text-ink-soft">{text('support.staff.lead')}</p>
        </div>
        <Button kind="primary" onClick={() => setOpen('new')}>
          <Plus aria-hidden className="size-4.5" />
          {text('support.staff.new')}
        </Button>
      </div>
      <Card>
        <ul aria-label={text('support.staff.list')}>
          {data.map((account) => (
            <StaffRow
              key={account.id}
              account={account}
              isOwn={account.id === viewer.accountId}
              onAct={(what) => act(what, account.id)}
            />
          ))}
        </ul>
      </Card>
      {open === 'new' ? (
        <NewAccountDialog
          projects={projects}
          canGiveAll={viewer.worksForAll}
          onClose={close}
          onMade={() => void reload()}
        />
      ) : null}
      {deed === 'change' && subject !== undefined ? (
        <ChangeAccountDialog
          key={subject.id}
          account={subject}
          projects={projects}
          canGiveAll={viewer.worksForAll}
          onClose={close}
          onChanged={() => void reload()}
        />
      ) : null}
      {deed === 'link' && subject !== undefined ? (
        <SetUpLinkDialog key={subject.id} account={subject} onClose={close} />
      ) : null}
      {deed === 'disable' && subject !== undefined ? (
        <ConfirmDialog
          title={text('support.staff.disable.title', { name: subject.name })}
          lead={text('support.staff.disable.lead')}
          action={text('support.staff.disable')}
          isBusy={disable.isBusy}
          onConfirm={() => void disable.run(subject.id).then((isDone) => isDone && close())}
          onClose={close}
        />
      ) : null}
    </section>
  );
}
