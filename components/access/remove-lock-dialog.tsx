'use client';

import { type FormEvent, useState } from 'react';
import { api } from '../hooks/api';
import { useAction } from '../hooks/use-action';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';
import { Field } from '../ui/field';

interface RemoveLockDialogProps {
  lockId: number;
  name: string;
  onClose: () => void;
  /** It is gone: leads away from its pages. */
  onRemoved: () => void;
}

/** Removes a lock for good once its name was typed. */
export function RemoveLockDialog({ lockId, name, onClose, onRemoved }: RemoveLockDialogProps) {
  const text = useText();
  const [typed, setTyped] = useState('');
  const isMeant = typed.trim() === name.trim();
  const { run, isBusy } = useAction(
    async () => {
      await api('locks.remove', { params: { id: lockId } });
      onRemoved();
      return 'leaving';
    },
    { done: text('doorSettings.removed', { door: name }) },
  );
  const remove = (event: FormEvent) => {
    event.preventDefault();
    if (isMeant) void run();
  };
  return (
    <Dialog
      isOpen
      isBusy={isBusy}
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={text('doorSettings.remove.ask')}
      lead={text('doorSettings.remove.what', { door: name })}
    >
      <form method="post" noValidate onSubmit={remove}>
        <Field
          label={text('doorSettings.remove.type', { door: name })}
          value={typed}
          autoComplete="off"
          onChange={({ target }) => setTyped(target.value)}
        />
        <DialogActions>
          <DialogCancel />
          <Button kind="destroy" type="submit" disabled={!isMeant} aria-disabled={isBusy}>
            {text('ui.remove')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
