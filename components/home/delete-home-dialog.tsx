'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';
import { ErrorNotice } from '../ui/error-notice';
import { Field } from '../ui/field';

interface DeleteHomeDialogProps {
  home: { id: number; name: string };
  counts: { doors: number; devices: number; hubs: number; members: number };
  onClose: () => void;
}

/** Deletes a home once its name was typed; says what goes with it. */
export function DeleteHomeDialog({ home, counts, onClose }: DeleteHomeDialogProps) {
  const text = useText();
  const router = useRouter();
  const [typed, setTyped] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const isMeant = typed.trim() === home.name.trim();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!isMeant || isBusy) return;
    setIsBusy(true);
    setFailure(undefined);
    try {
      await api('homes.delete', { params: { homeId: home.id } });
      router.push('/dashboard/homes');
      router.refresh();
    } catch (error) {
      setFailure(error);
      setIsBusy(false);
    }
  };
  return (
    <Dialog
      isOpen
      isBusy={isBusy}
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={text('home.delete.title', { home: home.name })}
      lead={text('home.delete.goes')}
    >
      <form method="post" noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
        {failure === undefined ? null : <ErrorNotice error={failure} />}
        <ul className="list-disc pl-5 text-[0.9375rem]">
          <li>{text('home.delete.doors', { count: counts.doors })}</li>
          <li>{text('home.delete.members', { count: counts.members })}</li>
          <li>{text('home.delete.devices', { count: counts.devices })}</li>
          <li>{text('home.delete.hubs', { count: counts.hubs })}</li>
          <li>{text('home.delete.data')}</li>
        </ul>
        <Field
          label={text('home.delete.type', { home: home.name })}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          autoComplete="off"
          spellCheck={false}
        />
        <DialogActions>
          <DialogCancel />
          <Button type="submit" kind="destroy" disabled={!isMeant || isBusy}>
            {text('home.delete.confirm')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
