'use client';

import { useState } from 'react';
import { z } from 'zod';
import type { Passkey } from '@/server/contracts/passkeys';
import { api } from '../hooks/api';
import { ApiError } from '../hooks/call';
import { useAction } from '../hooks/use-action';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';
import { Field } from '../ui/field';
import { Form, useApiForm } from '../ui/form';
import { Notice } from '../ui/notice';
import { tell } from '../ui/toast';
import { deviceName, makePasskey, type NotMade } from './make-passkey';

const longestName = 60;

function useNameSchema() {
  const text = useText();
  return z.string().trim().min(1, text('passkeys.name.missing')).max(longestName, text('passkeys.name.long'));
}

interface DialogOf {
  userId: number;
  onClose: () => void;
  /** The list has changed. */
  onChanged: () => void;
}

/** Asks for a name and the password, then has the device make a passkey. */
export function AddPasskey({
  userId,
  needsPassword,
  onClose,
  onChanged,
}: DialogOf & { needsPassword: boolean }) {
  const text = useText();
  const [notMade, setNotMade] = useState<NotMade | 'signInAgain'>();
  const name = useNameSchema();
  const password = needsPassword ? z.string().min(1, text('passkeys.password.missing')) : z.string();
  const form = useApiForm<{ name: string; password: string }>({
    schema: z.object({ name, password }),
    defaultValues: { name: deviceName(navigator.userAgent), password: '' },
    send: async (values) => {
      setNotMade(undefined);
      try {
        const outcome = await makePasskey(userId, values);
        setNotMade(outcome);
        if (outcome !== undefined) return;
      } catch (error) {
        const reason = error instanceof ApiError ? error.reason : undefined;
        if (reason === 'SIGN_IN_AGAIN') return setNotMade('signInAgain');
        if (!(error instanceof ApiError) || reason !== 'INCORRECT_PASSWORD') throw error;
        const fields = { password: text('passkeys.password.wrong') };
        throw new ApiError(error.status, error.message, error.requestId, undefined, fields, reason);
      }
      tell({ tone: 'done', title: text('passkeys.added') });
      onChanged();
      onClose();
    },
  });
  const { errors } = form.form.formState;
  return (
    <Dialog isOpen onOpenChange={onClose} title={text('passkeys.add.title')} lead={text('passkeys.add.lead')}>
      <Form of={form}>
        {notMade === undefined ? null : (
          <Notice tone="notice" role="alert" title={text('passkeys.notMade')}>
            {text(`passkeys.notMade.${notMade}`)}
          </Notice>
        )}
        <Field
          label={text('passkeys.name')}
          hint={text('passkeys.name.hint')}
          error={errors.name?.message}
          autoComplete="off"
          {...form.form.register('name')}
        />
        {needsPassword ? (
          <Field
            label={text('passkeys.password')}
            hint={text('passkeys.password.hint')}
            type="password"
            autoComplete="current-password"
            error={errors.password?.message}
            {...form.form.register('password')}
          />
        ) : null}
        <DialogActions>
          <DialogCancel />
          <Button kind="primary" type="submit" disabled={form.isBusy}>
            {text(form.isBusy ? 'passkeys.add.waiting' : 'passkeys.add.submit')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}

/** Gives a passkey another name. */
export function RenamePasskey({ userId, passkey, onClose, onChanged }: DialogOf & { passkey: Passkey }) {
  const text = useText();
  const { id } = passkey;
  const form = useApiForm<{ name: string }>({
    schema: z.object({ name: useNameSchema() }),
    defaultValues: { name: passkey.name },
    send: async ({ name }) => {
      await api('passkeys.rename', { params: { userId, id }, body: { name } });
      onChanged();
      onClose();
    },
  });
  return (
    <Dialog isOpen onOpenChange={onClose} title={text('passkeys.rename.title')}>
      <Form of={form}>
        <Field
          label={text('passkeys.name')}
          error={form.form.formState.errors.name?.message}
          autoComplete="off"
          {...form.form.register('name')}
        />
        <DialogActions>
          <DialogCancel />
          <Button kind="primary" type="submit" disabled={form.isBusy}>
            {text(form.isBusy ? 'ui.saving' : 'ui.save')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}

/** Asks before a passkey goes, and says which doors would stay shut without it. */
export function RemovePasskey({
  userId,
  passkey,
  doorsLost,
  onClose,
  onChanged,
}: DialogOf & { passkey: Passkey; doorsLost: readonly string[] }) {
  const text = useText();
  const { run, isBusy } = useAction(() => api('passkeys.remove', { params: { userId, id: passkey.id } }), {
    done: text('passkeys.removed'),
  });
  const remove = async () => {
    if (!(await run())) return;
    onChanged();
    onClose();
  };
  return (
    <Dialog
      isOpen
      isBusy={isBusy}
      onOpenChange={onClose}
      title={text('passkeys.remove.title', { name: passkey.name })}
      lead={text('passkeys.remove.lead')}
    >
      {doorsLost.length === 0 ? null : (
        <Notice tone="alarm" title={text('passkeys.remove.last')}>
          {text('passkeys.remove.lastDoors', { doors: doorsLost.join(', ') })}
        </Notice>
      )}
      <DialogActions>
        <DialogCancel />
        <Button kind="destroy" disabled={isBusy} onClick={() => void remove()}>
          {text('ui.remove')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
