'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { api } from '../hooks/api';
import { useAction } from '../hooks/use-action';
import { useEdited } from '../hooks/use-edited';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { Field } from '../ui/field';
import { later } from '../ui/later';
import { Notice } from '../ui/notice';
import { isZone, ZoneField } from './zone-field';

// Without `ssr: false` a dialog's script would be waited for by the whole page, which would show as loading.
const DeleteHomeDialog = later(async () => (await import('./delete-home-dialog')).DeleteHomeDialog);
const ConfirmDialog = later(async () => (await import('../member/confirm-dialog')).ConfirmDialog);

interface SettingsHome {
  id: number;
  name: string;
  timezone?: string | undefined;
  role: 'owner' | 'member' | 'guest';
  isDeactivated: boolean;
}

/** Name and time zone; what was typed stays until it is saved. */
function Names({ home }: { home: SettingsHome }) {
  const text = useText();
  const router = useRouter();
  const [name, setName] = useEdited(home.name);
  const [timezone, setTimezone] = useEdited(home.timezone ?? '');
  const isOwner = home.role === 'owner';
  const isNameWrong = name.trim() === '' || name.length > 120;
  // A home that has a time zone cannot be left without one.
  const isZoneWrong = timezone === '' ? home.timezone !== undefined : !isZone(timezone);
  const isChanged = name.trim() !== home.name || timezone !== (home.timezone ?? '');
  const save = useAction(
    async () => {
      await api('homes.update', {
        params: { homeId: home.id },
        body: { name: name.trim(), ...(isOwner && timezone !== '' ? { timezone } : {}) },
      });
      router.refresh();
    },
    { done: text('ui.saved') },
  );
  const canSave = isChanged && !isNameWrong && !isZoneWrong && !home.isDeactivated;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canSave) void save.run();
  };
  return (
    <form method="post" noValidate onSubmit={submit} className="flex max-w-lg flex-col gap-5">
      <Field
        label={text('home.name')}
        value={name}
        onChange={({ target }) => setName(target.value)}
        error={isNameWrong ? text('home.name.wrong') : undefined}
        disabled={home.isDeactivated}
        autoComplete="off"
      />
      <ZoneField
        isWrong={isZoneWrong}
        value={timezone}
        onChange={({ target }) => setTimezone(target.value)}
        disabled={!isOwner || home.isDeactivated}
      />
      {isOwner ? null : <p className="text-sm text-ink-soft">{text('home.timezone.ownersOnly')}</p>}
      <div>
        {/* Not `disabled`: that would take the focus from who has just saved by it. */}
        <Button type="submit" kind="primary" aria-disabled={!canSave || save.isBusy}>
          {text(save.isBusy ? 'ui.saving' : 'ui.save')}
        </Button>
      </div>
    </form>
  );
}

interface HomeSettingsProps {
  home: SettingsHome;
  userId: number;
  isLastOwner: boolean;
  /** What is lost or let go with the home. */
  counts: { doors: number; devices: number; hubs: number; members: number };
}

/** Settings of a home: name, time zone, leaving it, deleting it. */
export function HomeSettings({ home, userId, isLastOwner, counts }: HomeSettingsProps) {
  const text = useText();
  const router = useRouter();
  const [open, setOpen] = useState<'leave' | 'delete'>();
  const leave = useAction(async () => {
    await api('members.remove', { params: { homeId: home.id, userId } });
    router.push('/dashboard/homes');
    return 'leaving';
  });
  return (
    <div className="flex flex-col gap-6">
      {home.isDeactivated ? (
        <Notice tone="alarm" title={text('home.deactivated')}>
          {text('home.deactivated.text')}
        </Notice>
      ) : null}
      <Card className="p-5 sm:p-6">
        <section aria-labelledby="general" className="flex flex-col gap-4">
          <h2 id="general" className="text-xl font-semibold">
            {text('home.settings.general')}
          </h2>
          <Names home={home} />
        </section>
      </Card>
      <Card className="divide-y divide-line px-5 sm:px-6">
        <section aria-labelledby="leave" className="flex flex-wrap items-center justify-between gap-4 py-5">
          <div className="max-w-xl">
            <h2 id="leave" className="font-semibold">
              {text('member.leave')}
            </h2>
            <p id="leave-means" className="text-[0.9375rem] text-pretty text-ink-soft">
              {text(isLastOwner ? 'member.leave.lastOwner' : 'member.leave.text')}
            </p>
          </div>
          <Button aria-describedby="leave-means" disabled={isLastOwner} onClick={() => setOpen('leave')}>
            {text('member.leave')}
          </Button>
        </section>
        {home.role === 'owner' ? (
          <section
            aria-labelledby="delete"
            className="flex flex-wrap items-center justify-between gap-4 py-5"
          >
            <div className="max-w-xl">
              <h2 id="delete" className="font-semibold">
                {text('home.delete')}
              </h2>
              <p className="text-[0.9375rem] text-pretty text-ink-soft">
                {text(home.isDeactivated ? 'home.delete.deactivated' : 'home.delete.lead')}
              </p>
            </div>
            <Button kind="danger" disabled={home.isDeactivated} onClick={() => setOpen('delete')}>
              {text('home.delete.start')}
            </Button>
          </section>
        ) : null}
      </Card>
      {open === 'delete' ? (
        <DeleteHomeDialog home={home} counts={counts} onClose={() => setOpen(undefined)} />
      ) : null}
      {open === 'leave' ? (
        <ConfirmDialog
          title={text('member.leave.title', { home: home.name })}
          lead={text('member.leave.text')}
          action={text('member.leave')}
          isBusy={leave.isBusy}
          onConfirm={() => void leave.run()}
          onClose={() => setOpen(undefined)}
        />
      ) : null}
    </div>
  );
}
