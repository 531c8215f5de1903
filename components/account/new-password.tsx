'use client';

import { useState } from 'react';
import { z } from 'zod';
import { api } from '../hooks/api';
import { ApiError } from '../hooks/call';
import { useText } from '../messages/provider';
import { useIsHydrated } from '../time/clock';
import { Button } from '../ui/button';
import { Form, useApiForm } from '../ui/form';
import { AccountCard } from './account-card';
import { inWordsOfFields, newPasswordField } from './account-fields';
import { AskMail } from './ask-mail';
import { NewPasswordField } from './new-password-field';

/** Sets a new password by the link of a mail, then leads to the sign-in. */
export function NewPassword({ token, email }: { token: string; email: string }) {
  const text = useText();
  const isHydrated = useIsHydrated();
  const [isDead, setIsDead] = useState(false);
  const form = useApiForm<{ newPassword: string }>({
    schema: z.object({ newPassword: newPasswordField(text, email) }),
    defaultValues: { newPassword: '' },
    async send({ newPassword }) {
      try {
        await api('auth.resetPassword', { body: { token, newPassword } });
      } catch (error) {
        if (error instanceof ApiError && error.reason === 'INVALID_TOKEN') return setIsDead(true);
        throw inWordsOfFields(error, text, 'newPassword');
      }
      window.location.assign('/sign-in?notice=password');
      return 'leaving';
    },
  });
  if (isDead) return <AskMail about="password" isDead returnPath="/dashboard" />;
  return (
    <AccountCard title={text('account.reset.title')} lead={text('account.reset.for', { email })}>
      <Form of={form}>
        <UserNameForManagers email={email} />
        <NewPasswordField
          label={text('account.password.new')}
          typed={form.form.watch('newPassword')}
          email={email}
          error={form.form.formState.errors.newPassword?.message}
          {...form.form.register('newPassword')}
        />
        <Button kind="primary" type="submit" disabled={!isHydrated || form.isBusy} className="min-h-12">
          {text(form.isBusy ? 'account.reset.setting' : 'account.reset.set')}
        </Button>
      </Form>
    </AccountCard>
  );
}

/** Tells password managers whose password is being set; nobody sees it or reaches it by keyboard. */
export function UserNameForManagers({ email }: { email: string }) {
  return (
    <input type="email" name="username" autoComplete="username" value={email} readOnly hidden tabIndex={-1} />
  );
}
