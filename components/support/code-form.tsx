'use client';

import { useState } from 'react';
import { z } from 'zod';
import type { StaffSession } from '@/server/contracts/staff';
import { inOurWords } from '../account/refused';
import { api } from '../hooks/api';
import { ApiError } from '../hooks/call';
import { useText } from '../messages/provider';
import { useIsHydrated } from '../time/clock';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Form, useApiForm } from '../ui/form';
import { Notice } from '../ui/notice';

export interface StepProps {
  email: string;
  onNext: (session: StaffSession) => void;
  /** Back to the password, because it took too long or by choice. */
  onBegin: (why?: 'late') => void;
}

/** The field for a code of the authenticator, and what ends the sign-in. */
export function CodeForm({ onNext, onBegin, hasFocus }: Omit<StepProps, 'email'> & { hasFocus: boolean }) {
  const text = useText();
  const isHydrated = useIsHydrated();
  const [isLimited, setIsLimited] = useState(false);
  const form = useApiForm<{ code: string }>({
    schema: z.object({ code: z.string().regex(/^\s*\d{3}\s?\d{3}\s*$/, text('support.signIn.code.bad')) }),
    defaultValues: { code: '' },
    async send(body) {
      setIsLimited(false);
      try {
        onNext(await api('staff.proveFactor', { body }));
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) return onBegin('late');
        if (error instanceof ApiError && error.status === 429) return setIsLimited(true);
        throw inOurWords(error, {
          INVALID_AUTH_CODE: ['code', text('support.signIn.code.wrong')],
          USED_AUTH_CODE: ['code', text('support.signIn.code.used')],
        });
      }
    },
  });
  return (
    <Form of={form}>
      {isLimited ? (
        <Notice tone="notice" role="alert">
          {text('support.signIn.code.limited')}
        </Notice>
      ) : null}
      <Field
        label={text('support.signIn.code.label')}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={9}
        autoFocus={hasFocus}
        error={form.form.formState.errors.code?.message}
        {...form.form.register('code')}
      />
      <Button kind="primary" type="submit" disabled={!isHydrated || form.isBusy} className="min-h-12">
        {text(form.isBusy ? 'signIn.submitting' : 'signIn.submit')}
      </Button>
      <Button kind="quiet" onClick={() => onBegin()}>
        {text('support.signIn.code.other')}
      </Button>
    </Form>
  );
}
