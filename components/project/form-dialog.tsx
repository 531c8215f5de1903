'use client';

import type { FieldValues } from 'react-hook-form';
import { DialogForm, type DialogFormProps } from '../ui/dialog-form';
import { MadeSecret } from './made-secret';

interface FormDialogProps<Values extends FieldValues> extends Omit<DialogFormProps<Values>, 'instead'> {
  /** What was made and is shown this once, in place of the form. */
  secret?: { label: string; value: string } | undefined;
}

/** A dialog that holds one form, and then the secret that came of it. */
export function FormDialog<Values extends FieldValues>({ secret, lead, ...rest }: FormDialogProps<Values>) {
  return (
    <DialogForm
      {...rest}
      lead={secret === undefined ? lead : undefined}
      instead={secret && <MadeSecret {...secret} onDone={rest.onClose} />}
    />
  );
}
