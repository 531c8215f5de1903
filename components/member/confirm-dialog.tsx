'use client';

import type { ReactNode } from 'react';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';

interface ConfirmDialogProps {
  title: string;
  /** What will happen. */
  lead: string;
  /** Name of the deed, on the button that does it. */
  action: string;
  /** `primary` where nothing is taken away. */
  kind?: 'destroy' | 'primary';
  isBusy: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children?: ReactNode;
}

/** Asks before something is done that cannot be undone. */
export function ConfirmDialog({
  title,
  lead,
  action,
  kind = 'destroy',
  isBusy,
  onConfirm,
  onClose,
  children,
}: ConfirmDialogProps) {
  return (
    <Dialog isOpen isBusy={isBusy} onOpenChange={(isOpen) => isOpen || onClose()} title={title} lead={lead}>
      {children}
      <DialogActions>
        <DialogCancel />
        <Button kind={kind} disabled={isBusy} onClick={onConfirm}>
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
