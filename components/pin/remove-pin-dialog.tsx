'use client';

import type { PinView } from '@/server/contracts/pins';
import { api } from '../hooks/api';
import { useAction } from '../hooks/use-action';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';
import { tell } from '../ui/toast';
import { pinTitle } from './pin-words';

interface RemovePinDialogProps {
  lockId: number;
  pin: PinView;
  onClose: () => void;
  onDone: () => void;
}

/** Asks once before a code is taken away, and says until when it works. */
export function RemovePinDialog({ lockId, pin, onClose, onDone }: RemovePinDialogProps) {
  const text = useText();
  const name = pinTitle(pin, text);
  const { run, isBusy } = useAction(async () => {
    const { state } = await api('pins.remove', { params: { id: lockId, pinId: pin.id } });
    tell({ tone: 'done', title: text(state === 'removed' ? 'pin.removed' : 'pin.removeBegun', { name }) });
  });
  const remove = async () => {
    const isDone = await run();
    onDone();
    if (isDone) onClose();
  };
  return (
    <Dialog
      isOpen
      isBusy={isBusy}
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={text('pin.remove.ask', { name })}
      lead={text('pin.remove.what')}
    >
      <DialogActions>
        <DialogCancel />
        <Button kind="danger" aria-disabled={isBusy} onClick={remove}>
          {text('pin.remove')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
