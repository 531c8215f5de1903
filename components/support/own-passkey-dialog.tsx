'use client';

import { useState } from 'react';
import { z } from 'zod';
import { deviceName, makePasskeyBy, type NotMade } from '../account/make-passkey';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { DialogForm } from '../ui/dialog-form';
import { Field } from '../ui/field';
import { useApiForm } from '../ui/form';
import { Notice } from '../ui/notice';
import { tell } from '../ui/toast';
import { codeInOurWords, OneTimeCodeField, oneTimeCodeSchema } from './one-time-code-field';

/** Asks for a name and a code, then has the device make a passkey. */
export function OwnPasskeyDialog({ onClose, onChanged }: { onClose: () => void; onChanged: () => void }) {
  const text = useText();
  const [notMade, setNotMade] = useState<NotMade>();
  const form = useApiForm<{ name: string; code: string }>({
    schema: z.object({
      name: z.string().trim().min(1, text('passkeys.name.missing')).max(60, text('passkeys.name.long')),
      code: oneTimeCodeSchema(text),
    }),
    defaultValues: { name: deviceName(navigator.userAgent), code: '' },
    async send({ name, code }) {
      setNotMade(undefined);
      try {
        const outcome = await makePasskeyBy({
          start: () => api('staff.startPasskey', { body: { code } }),
          add: (credential) => api('staff.addPasskey', { body: { name, credential } }),
        });
        if (outcome !== undefined) return setNotMade(outcome);
      } catch (error) {
        throw codeInOurWords(error, text);
      }
      tell({ tone: 'done', title: text('passkeys.added') });
      onChanged();
      onClose();
    },
  });
  const { errors } = form.form.formState;
  return (
    <DialogForm
      title={text('passkeys.add.title')}
      lead={text('passkeys.add.lead')}
      action={text('passkeys.add.submit')}
      of={form}
      onClose={onClose}
    >
      {notMade === undefined ? null : (
        <Notice tone="notice" role="alert" title={text('passkeys.notMade')}>
          {text(`passkeys.notMade.${notMade}`)}
        </Notice>
      )}
      <Field
        label={text('passkeys.name')}
        hint={text('passkeys.name.hint')}
        autoComplete="off"
        error={errors.name?.message}
        {...form.form.register('name')}
      />
      <OneTimeCodeField
        hint={text('support.own.passkeys.code')}
        error={errors.code?.message}
        field={form.form.register('code')}
      />
    </DialogForm>
  );
}
