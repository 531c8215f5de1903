'use client';

import { type FormEvent, useState } from 'react';
import { api } from '../hooks/api';
import { useAction } from '../hooks/use-action';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { Field } from '../ui/field';

interface RemoveLockDialogProps {
  lockId: number;
  name: string;
  onClose: () => void;
  onRemoved: () => void;
}

/** Removes a lock for good once its name was typed. */
export function RemoveLockDialog({ lockId, name, onClose, onRemoved }: RemoveLockDialogProps) {
  const text = useText();
  const [typed, setTyped] = useState('');
  const isMeant = typed.trim() === name.trim();
  const { run, isBusy } = useAction(() => api('locks.remove', { params: { id: lockId } }), {
    done: text('doorSettings.removed', { door: name }),
  });
  const remove = async (event: FormEvent) => {
    event.preventDefault();
    if (isMeant && (await run())) onRemoved();
  };
  return (
    <Dialog
      isOpen
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
          <Button onClick={onClose}>{text('ui.cancel')}</Button>
          <Button kind="destroy" type="submit" disabled={!isMeant} aria-disabled={isBusy}>
            {text('ui.remove')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
