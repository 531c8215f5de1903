'use client';

import { z } from 'zod';
import { staffPasswordLeast } from '@/server/contracts/staff';
import { UserNameForManagers } from '../account/new-password';
import { PasswordField } from '../account/password-field';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { DialogForm } from '../ui/dialog-form';
import { useApiForm } from '../ui/form';
import { tell } from '../ui/toast';
import { codeInOurWords, OneTimeCodeField, oneTimeCodeSchema } from './one-time-code-field';

interface OwnPasswordDialogProps {
  email: string;
  onClose: () => void;
  onChanged: () => void;
}

/** Changes the own password for whoever knows the old one and has the authenticator at hand. */
export function OwnPasswordDialog({ email, onClose, onChanged }: OwnPasswordDialogProps) {
  const text = useText();
  const short = text('support.own.password.short', { least: staffPasswordLeast });
  const form = useApiForm<{ currentPassword: string; newPassword: string; code: string }>({
    schema: z.object({
      currentPassword: z.string().min(1, text('account.passwordSection.missing')),
      newPassword: z.string().min(staffPasswordLeast, short),
      code: oneTimeCodeSchema(text),
    }),
    defaultValues: { currentPassword: '', newPassword: '', code: '' },
    async send(body) {
      try {
        await api('staff.changePassword', { body });
      } catch (error) {
        throw codeInOurWords(error, text, {
          INCORRECT_PASSWORD: ['currentPassword', text('account.passwordSection.wrong')],
          PASSWORD_TOO_SHORT: ['newPassword', short],
          PASSWORD_TOO_WEAK: ['newPassword', text('support.own.password.weak')],
        });
      }
      tell({ tone: 'done', title: text('account.passwordSection.saved') });
      onChanged();
      onClose();
    },
  });
  const { errors } = form.form.formState;
  return (
    <DialogForm
      title={text('account.passwordSection.change')}
      lead={text('account.passwordSection.lead')}
      action={text('ui.save')}
      of={form}
      onClose={onClose}
    >
      <UserNameForManagers email={email} />
      <PasswordField
        label={text('account.passwordSection.current')}
        autoComplete="current-password"
        error={errors.currentPassword?.message}
        {...form.form.register('currentPassword')}
      />
      <PasswordField
        label={text('account.password.new')}
        autoComplete="new-password"
        error={errors.newPassword?.message}
        {...form.form.register('newPassword')}
      />
      <OneTimeCodeField error={errors.code?.message} field={form.form.register('code')} />
    </DialogForm>
  );
}
