'use client';

import type { ReactNode } from 'react';
import type { FieldValues } from 'react-hook-form';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { type ApiForm, Form } from '../ui/form';
import { MadeSecret } from './made-secret';

interface FormDialogProps<Values extends FieldValues> {
  title: string;
  lead?: string;
  /** On the button that does it. */
  action: string;
  of: ApiForm<Values>;
  /** What was made and is shown this once, in place of the form. */
  secret?: { label: string; value: string } | undefined;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog that holds one form, and then the secret that came of it. */
export function FormDialog<Values extends FieldValues>({
  title,
  lead,
  action,
  of,
  secret,
  onClose,
  children,
}: FormDialogProps<Values>) {
  const text = useText();
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={title}
      {...(lead === undefined || secret !== undefined ? {} : { lead })}
    >
      {secret === undefined ? (
        <Form of={of}>
          {children}
          <DialogActions>
            <Button onClick={onClose}>{text('ui.cancel')}</Button>
            <Button kind="primary" type="submit" disabled={of.isBusy}>
              {action}
            </Button>
          </DialogActions>
        </Form>
      ) : (
        <MadeSecret {...secret} onDone={onClose} />
      )}
    </Dialog>
  );
}
