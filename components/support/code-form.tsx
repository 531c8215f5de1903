'use client';

import { useState } from 'react';
import { z } from 'zod';
import type { StaffSession } from '@/server/contracts/staff';
import { api } from '../hooks/api';
import { ApiError } from '../hooks/call';
import { useText } from '../messages/provider';
import { useIsHydrated } from '../time/clock';
import { Button } from '../ui/button';
import { Form, useApiForm } from '../ui/form';
import { Notice } from '../ui/notice';
import { codeInOurWords, OneTimeCodeField, oneTimeCodeSchema } from './one-time-code-field';

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
    schema: z.object({ code: oneTimeCodeSchema(text) }),
    defaultValues: { code: '' },
    async send(body) {
      setIsLimited(false);
      try {
        onNext(await api('staff.proveFactor', { body }));
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) return onBegin('late');
        if (error instanceof ApiError && error.status === 429) return setIsLimited(true);
        throw codeInOurWords(error, text);
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
      <OneTimeCodeField
        autoFocus={hasFocus}
        error={form.form.formState.errors.code?.message}
        field={form.form.register('code')}
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
