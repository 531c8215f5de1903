'use client';

import { MailCheck } from 'lucide-react';
import { useState } from 'react';
import { z } from 'zod';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { useIsHydrated } from '../time/clock';
import { Button, buttonClass } from '../ui/button';
import { Field } from '../ui/field';
import { Form, useApiForm } from '../ui/form';
import { Link } from '../ui/link';
import { AccountCard } from './account-card';
import { emailField, inWordsOfFields, nameField, newPasswordField } from './account-fields';
import { AccountLink, FormFoot } from './form-foot';
import { NewPasswordField } from './new-password-field';
import { rememberReturn, withReturn } from './return-path';
import { SendAgain } from './send-again';

/** Signs up, then says to look into the mail; the same for addresses that have an account already. */
export function SignUp({ returnPath }: { returnPath: string }) {
  const text = useText();
  const isHydrated = useIsHydrated();
  const [sentTo, setSentTo] = useState<string>();
  const form = useApiForm<{ name: string; email: string; password: string }>({
    schema: z
      .object({ name: nameField(text), email: emailField(text), password: z.string() })
      .superRefine(({ email, password }, context) => {
        const checked = newPasswordField(text, email).safeParse(password);
        for (const { message } of checked.error?.issues ?? [])
          context.addIssue({ code: 'custom', path: ['password'], message });
      }),
    defaultValues: { name: '', email: '', password: '' },
    async send(values) {
      try {
        await api('auth.signUp', { body: values });
      } catch (error) {
        throw inWordsOfFields(error, text);
      }
      rememberReturn(returnPath);
      setSentTo(values.email);
    },
  });
  const { register, watch, formState, resetField } = form.form;
  const signIn = withReturn('/sign-in', returnPath);

  if (sentTo !== undefined)
    return (
      <AccountCard
        isAnswer
        icon={MailCheck}
        title={text('signUp.sent.title')}
        lead={text('signUp.sent.text', { email: sentTo })}
      >
        <p className="text-sm text-pretty text-ink-soft">{text('signUp.sent.junk')}</p>
        <SendAgain email={sentTo} about="verification" />
        <div className="flex flex-wrap gap-x-2 gap-y-1">
          <Button
            kind="quiet"
            onClick={() => {
              resetField('email');
              setSentTo(undefined);
            }}
          >
            {text('signUp.sent.other')}
          </Button>
          <Link href={signIn} className={buttonClass('quiet')}>
            {text('signUp.toSignIn')}
          </Link>
        </div>
      </AccountCard>
    );
  return (
    <AccountCard title={text('signUp.title')} lead={text('signUp.lead')}>
      <Form of={form}>
        <Field
          label={text('signUp.name')}
          hint={text('signUp.nameHint')}
          autoComplete="name"
          error={formState.errors.name?.message}
          {...register('name')}
        />
        <Field
          label={text('signIn.email')}
          type="email"
          autoComplete="username"
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
          error={formState.errors.email?.message}
          {...register('email')}
        />
        <NewPasswordField
          label={text('account.password.choose')}
          typed={watch('password')}
          email={watch('email')}
          error={formState.errors.password?.message}
          {...register('password')}
        />
        <Button kind="primary" type="submit" disabled={!isHydrated || form.isBusy} className="min-h-12">
          {text(form.isBusy ? 'signUp.submitting' : 'signUp.submit')}
        </Button>
      </Form>
      <FormFoot>
        {text('signUp.haveAccount')} <AccountLink href={signIn}>{text('signUp.toSignIn')}</AccountLink>
      </FormFoot>
    </AccountCard>
  );
}
