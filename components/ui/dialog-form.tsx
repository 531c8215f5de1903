'use client';

import type { ReactNode } from 'react';
import type { FieldValues } from 'react-hook-form';
import { Button } from './button';
import { Dialog, DialogActions } from './dialog';
import { DialogCancel } from './dialog-cancel';
import { type ApiForm, Form } from './form';

export interface DialogFormProps<Values extends FieldValues> {
  title: string;
  lead?: string | undefined;
  /** On the button that does it. */
  action: string;
  of: ApiForm<Values>;
  /** What came of it, in place of the form. */
  instead?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog that holds one form, and then what came of it. */
export function DialogForm<Values extends FieldValues>({
  title,
  lead,
  action,
  of,
  instead,
  onClose,
  children,
}: DialogFormProps<Values>) {
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={title}
      {...(lead === undefined ? {} : { lead })}
    >
      {instead ?? (
        <Form of={of}>
          {children}
          <DialogActions>
            <DialogCancel />
            <Button kind="primary" type="submit" disabled={of.isBusy}>
              {action}
            </Button>
          </DialogActions>
        </Form>
      )}
    </Dialog>
  );
}
