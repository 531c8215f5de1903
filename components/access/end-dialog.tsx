'use client';

import type { AccessLine } from '@/server/contracts/access';
import { api } from '../hooks/api';
import { useAction } from '../hooks/use-action';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';

interface EndDialogProps {
  line: AccessLine;
  lockId: number;
  homeId: number;
  onClose: () => void;
  onEnded: () => void;
}

/** Asks once and says what will happen before a right ends. */
export function EndDialog({ line, lockId, homeId, onClose, onEnded }: EndDialogProps) {
  const text = useText();
  const kind = line.kind === 'member' || line.kind === 'link' ? line.kind : 'grant';
  const end = (): Promise<unknown> => {
    if (kind === 'link') return api('tempKeys.revoke', { params: { uuid: line.id } });
    if (kind === 'member') return api('members.remove', { params: { homeId, userId: line.id } });
    return api('grants.delete', { params: { id: lockId, grantId: line.id } });
  };
  const { run, isBusy } = useAction(end, { done: text('access.ended', { name: line.name }) });
  return (
    <Dialog
      isOpen
      isBusy={isBusy}
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={text(`access.end.${kind}.ask`, { name: line.name })}
      lead={text(`access.end.${kind}.what`, { name: line.name })}
    >
      <DialogActions>
        <DialogCancel />
        <Button
          kind="destroy"
          aria-disabled={isBusy}
          onClick={async () => {
            const isDone = await run();
            // What failed may have happened all the same: what is shown must not be older than the attempt.
            onEnded();
            if (isDone) onClose();
          }}
        >
          {text(`access.end.${kind}`)}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
