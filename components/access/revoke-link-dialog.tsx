'use client';

import type { TempKeyView } from '@/server/contracts/temp-keys';
import { api } from '../hooks/api';
import { useAction } from '../hooks/use-action';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';
import { linkTitle } from './link-words';

interface RevokeLinkDialogProps {
  link: TempKeyView;
  onClose: () => void;
  onRevoked: () => void;
}

/** Asks once before a link stops for good. */
export function RevokeLinkDialog({ link, onClose, onRevoked }: RevokeLinkDialogProps) {
  const text = useText();
  const name = linkTitle(link, text);
  const { run, isBusy } = useAction(() => api('tempKeys.revoke', { params: { uuid: link.uuid } }), {
    done: text('links.revoked', { name }),
  });
  const revoke = async () => {
    const isDone = await run();
    onRevoked();
    if (isDone) onClose();
  };
  return (
    <Dialog
      isOpen
      isBusy={isBusy}
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={text('links.revoke.ask', { name })}
      lead={text('links.revoke.what')}
    >
      <DialogActions>
        <DialogCancel />
        <Button kind="destroy" aria-disabled={isBusy} onClick={revoke}>
          {text('links.revoke')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
