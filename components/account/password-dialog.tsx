'use client';

import { useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';
import { Form, useApiForm } from '../ui/form';
import { tell } from '../ui/toast';
import { inWordsOfFields, newPasswordField } from './account-fields';
import { UserNameForManagers } from './new-password';
import { NewPasswordField } from './new-password-field';
import { PasswordField } from './password-field';
import { sessionsKey } from './sessions-key';

/** Changes the password for whoever knows the old one; every other session ends. */
export function PasswordDialog({
  userId,
  email,
  onClose,
}: {
  userId: number;
  email: string;
  onClose: () => void;
}) {
  const text = useText();
  const queries = useQueryClient();
  const form = useApiForm<{ currentPassword: string; newPassword: string }>({
    schema: z.object({
      currentPassword: z.string().min(1, text('account.passwordSection.missing')),
      newPassword: newPasswordField(text, email),
    }),
    defaultValues: { currentPassword: '', newPassword: '' },
    async send(body) {
      try {
        await api('users.changePassword', { params: { userId }, body });
      } catch (error) {
        throw inWordsOfFields(error, text, 'newPassword');
      }
      tell({ tone: 'done', title: text('account.passwordSection.saved') });
      void queries.invalidateQueries({ queryKey: sessionsKey });
      onClose();
    },
  });
  const { errors } = form.form.formState;
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={text('account.passwordSection.change')}
      lead={text('account.passwordSection.lead')}
    >
      <Form of={form}>
        <UserNameForManagers email={email} />
        <PasswordField
          label={text('account.passwordSection.current')}
          autoComplete="current-password"
          error={errors.currentPassword?.message}
          {...form.form.register('currentPassword')}
        />
        <NewPasswordField
          label={text('account.password.new')}
          typed={form.form.watch('newPassword')}
          email={email}
          error={errors.newPassword?.message}
          {...form.form.register('newPassword')}
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
