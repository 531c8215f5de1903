'use client';

import { useState } from 'react';
import { z } from 'zod';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';
import { Form, useApiForm } from '../ui/form';
import { tell } from '../ui/toast';
import { AuthenticatorSecret } from './authenticator-secret';
import { codeInOurWords, OneTimeCodeField, oneTimeCodeSchema } from './one-time-code-field';

interface CodeAskedProps {
  hint: string;
  action: string;
  send: (code: string) => Promise<unknown>;
}

/** A form that is one code. */
function CodeAsked({ hint, action, send }: CodeAskedProps) {
  const text = useText();
  const form = useApiForm<{ code: string }>({
    schema: z.object({ code: oneTimeCodeSchema(text) }),
    defaultValues: { code: '' },
    async send({ code }) {
      try {
        await send(code);
      } catch (error) {
        throw codeInOurWords(error, text);
      }
    },
  });
  return (
    <Form of={form}>
      <OneTimeCodeField
        hint={hint}
        error={form.form.formState.errors.code?.message}
        field={form.form.register('code')}
      />
      <DialogActions>
        <DialogCancel />
        <Button kind="primary" type="submit" disabled={form.isBusy}>
          {action}
        </Button>
      </DialogActions>
    </Form>
  );
}

/** Puts another authenticator app in place of the one in use: a code of the old one, then one of the new one. */
export function OwnAuthenticatorDialog({
  onClose,
  onChanged,
}: {
  onClose: () => void;
  onChanged: () => void;
}) {
  const text = useText();
  const [begun, setBegun] = useState<{ uri: string; secret: string }>();
  const prove = async (code: string) => {
    await api('staff.proveAuthenticator', { body: { code } });
    tell({ tone: 'done', title: text('support.own.authenticator.done') });
    onChanged();
    onClose();
  };
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={text('support.own.authenticator.change')}
      lead={text(begun === undefined ? 'support.own.authenticator.lead' : 'support.own.authenticator.scan')}
    >
      {begun === undefined ? (
        <CodeAsked
          key="old"
          hint={text('support.own.authenticator.old')}
          action={text('support.own.next')}
          send={async (code) => setBegun(await api('staff.startAuthenticator', { body: { code } }))}
        />
      ) : (
        <div className="flex flex-col gap-5">
          <AuthenticatorSecret {...begun} />
          <CodeAsked
            key="new"
            hint={text('support.own.authenticator.new')}
            action={text('support.own.authenticator.use')}
            send={prove}
          />
        </div>
      )}
    </Dialog>
  );
}
