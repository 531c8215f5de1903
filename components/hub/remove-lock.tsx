'use client';

import { useState } from 'react';
import type { HomeLock } from '@/server/contracts/home-locks';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';
import { ErrorNotice } from '../ui/error-notice';
import { Field } from '../ui/field';
import { tell } from '../ui/toast';

interface RemoveLockProps {
  lock: HomeLock;
  onClose: () => void;
  onRemoved: () => void;
}

/** Removes a lock for good, once its name was typed. */
export function RemoveLock({ lock, onClose, onRemoved }: RemoveLockProps) {
  const text = useText();
  const [typed, setTyped] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const isConfirmed = typed.trim() === lock.name.trim();
  const remove = async () => {
    if (!isConfirmed || isBusy) return;
    setIsBusy(true);
    setError(undefined);
    try {
      await api('locks.remove', { params: { id: lock.lockId } });
      tell({ tone: 'done', title: text('hub.lock.remove.done') });
      onRemoved();
      onClose();
    } catch (failed) {
      setError(failed);
      setIsBusy(false);
    }
  };
  return (
    <Dialog
      isOpen
      isBusy={isBusy}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={text('hub.lock.remove.ask', { lock: lock.name })}
      lead={text('hub.lock.remove.text')}
    >
      <form
        method="post"
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          void remove();
        }}
      >
        {error === undefined ? null : <ErrorNotice error={error} />}
        <Field
          label={text('hub.lock.remove.type')}
          hint={lock.name}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <DialogActions>
          <DialogCancel />
          <Button type="submit" kind="destroy" disabled={!isConfirmed || isBusy}>
            {text('hub.lock.remove')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
