'use client';

import { useState } from 'react';
import { z } from 'zod';
import type { StaffSession } from '@/server/contracts/staff';
import { AccountCard } from '../account/account-card';
import { emailField } from '../account/account-fields';
import { PasswordField } from '../account/password-field';
import { api } from '../hooks/api';
import { ApiError } from '../hooks/call';
import { useText } from '../messages/provider';
import { useIsHydrated } from '../time/clock';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Form, useApiForm } from '../ui/form';
import { Notice } from '../ui/notice';

interface PasswordStepProps {
  notice: 'setUp' | 'late' | undefined;
  /** It took the place of another step. */
  isAnswer: boolean;
  onNext: (session: StaffSession) => void;
}

/** First step: address and password. The same words for an unknown account and for a wrong password. */
export function PasswordStep({ notice, isAnswer, onNext }: PasswordStepProps) {
  const text = useText();
  const isHydrated = useIsHydrated();
  const [failure, setFailure] = useState<'wrong' | 'limited'>();
  const form = useApiForm<{ email: string; password: string }>({
    schema: z.object({
      email: emailField(text),
      password: z.string().min(1, text('signIn.missingPassword')),
    }),
    defaultValues: { email: '', password: '' },
    async send(body) {
      setFailure(undefined);
      try {
        onNext(await api('staff.signIn', { body }));
      } catch (error) {
        const status = error instanceof ApiError ? error.status : 0;
        if (status !== 401 && status !== 429) throw error;
        setFailure(status === 401 ? 'wrong' : 'limited');
        form.form.setFocus('password', { shouldSelect: true });
      }
    },
  });
  const { errors } = form.form.formState;
  return (
    <AccountCard title={text('support.signIn.title')} lead={text('support.signIn.lead')} isAnswer={isAnswer}>
      {notice === undefined ? null : (
        <Notice tone="plain" role="status">
          {text(`support.signIn.${notice}`)}
        </Notice>
      )}
      <Form of={form}>
        {failure === undefined ? null : (
          <Notice
            tone={failure === 'wrong' ? 'alarm' : 'notice'}
            role="alert"
            title={text(`signIn.${failure}.title`)}
          >
            {text(`signIn.${failure}.text`)}
          </Notice>
        )}
        <Field
          label={text('signIn.email')}
          type="email"
          autoComplete="username"
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
          error={errors.email?.message}
          {...form.form.register('email')}
        />
        <PasswordField
          label={text('signIn.password')}
          autoComplete="current-password"
          error={errors.password?.message}
          {...form.form.register('password')}
        />
        <Button kind="primary" type="submit" disabled={!isHydrated || form.isBusy} className="min-h-12">
          {text(form.isBusy ? 'signIn.submitting' : 'support.signIn.next')}
        </Button>
      </Form>
      <noscript>
        <p className="text-sm text-alarm">{text('signIn.needsScript')}</p>
      </noscript>
    </AccountCard>
  );
}
