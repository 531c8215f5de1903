'use client';

import { MailCheck } from 'lucide-react';
import { useState } from 'react';
import { z } from 'zod';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { useIsHydrated } from '../time/clock';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Form, useApiForm } from '../ui/form';
import { Notice } from '../ui/notice';
import { AccountCard } from './account-card';
import { emailField, inWordsOfFields } from './account-fields';
import { AccountLink, FormFoot } from './form-foot';
import { withReturn } from './return-path';
import { SendAgain } from './send-again';

interface AskMailProps {
  about: 'verification' | 'password';
  /** A link led here that is no good any more. */
  isDead: boolean;
  returnPath: string;
}

/** Asks for a link by mail, to confirm the address or to set a new password; says the same for unknown addresses. */
export function AskMail({ about, isDead, returnPath }: AskMailProps) {
  const text = useText();
  const isHydrated = useIsHydrated();
  const [sentTo, setSentTo] = useState<string>();
  const form = useApiForm<{ email: string }>({
    schema: z.object({ email: emailField(text) }),
    defaultValues: { email: '' },
    async send({ email }) {
      try {
        await api('auth.sendMail', { body: { email, about } });
      } catch (error) {
        throw inWordsOfFields(error, text);
      }
      setSentTo(email);
    },
  });
  const isReset = about === 'password';
  const foot = (
    <FormFoot>
      <AccountLink href={withReturn('/sign-in', returnPath)}>{text('account.reset.back')}</AccountLink>
    </FormFoot>
  );
  if (sentTo !== undefined)
    return (
      <AccountCard
        isAnswer
        icon={MailCheck}
        title={text('signUp.sent.title')}
        lead={text(isReset ? 'account.reset.sent.text' : 'account.verify.sent.text', { email: sentTo })}
      >
        <SendAgain email={sentTo} about={about} />
        {foot}
      </AccountCard>
    );
  const isBad = isDead && !isReset;
  return (
    <AccountCard
      title={text(
        isReset ? 'account.reset.title' : isBad ? 'account.verify.dead.title' : 'account.verify.title',
      )}
      lead={text(isReset ? 'account.reset.text' : 'account.verify.dead.text')}
    >
      {isDead && isReset ? <Notice tone="notice">{text('account.reset.dead')}</Notice> : null}
      <Form of={form}>
        <Field
          label={text('signIn.email')}
          type="email"
          autoComplete="username"
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
          error={form.form.formState.errors.email?.message}
          {...form.form.register('email')}
        />
        <Button kind="primary" type="submit" disabled={!isHydrated || form.isBusy} className="min-h-12">
          {text(
            form.isBusy
              ? 'account.verify.sending'
              : isReset
                ? 'account.reset.submit'
                : 'account.verify.again',
          )}
        </Button>
      </Form>
      {foot}
    </AccountCard>
  );
}
