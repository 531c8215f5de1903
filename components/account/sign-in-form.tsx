'use client';

import { type FormEvent, type ReactNode, useState } from 'react';
import type { MessageKey } from '../messages/lookup';
import { useText } from '../messages/provider';
import { useIsHydrated } from '../time/clock';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Notice } from '../ui/notice';
import { AccountLink, FormFoot } from './form-foot';
import { PasswordField } from './password-field';
import { withReturn } from './return-path';
import { type SignInFailure, signInWith } from './sign-in-with';

/** What went wrong; the same words for an unknown account and for a wrong password. */
export function SignInNotice({ failure }: { failure: SignInFailure }) {
  const text = useText();
  const title: MessageKey = `signIn.${failure}.title`;
  const detail: MessageKey = `signIn.${failure}.text`;
  return (
    <Notice tone={failure === 'wrong' ? 'alarm' : 'notice'} role="alert" title={text(title)}>
      {text(detail)}
      {failure === 'unverified' ? (
        <p>
          <AccountLink href="/verify-email">{text('signIn.unverified.again')}</AccountLink>
        </p>
      ) : null}
    </Notice>
  );
}

interface SignInFormProps {
  /** A path on this origin, gone to afterwards. */
  returnPath: string;
  canSignUp: boolean;
  /** The other ways to sign in. */
  children?: ReactNode;
}

/** Signs in by e-mail address and password. */
export function SignInForm({ returnPath, canSignUp, children }: SignInFormProps) {
  const text = useText();
  const isHydrated = useIsHydrated();
  const [missing, setMissing] = useState<{ email: boolean; password: boolean }>();
  const [failure, setFailure] = useState<SignInFailure>();
  const [isBusy, setIsBusy] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const values = new FormData(form);
    const email = String(values.get('email') ?? '').trim();
    const password = String(values.get('password') ?? '');
    setFailure(undefined);
    setMissing({ email: email === '', password: password === '' });
    if (email === '' || password === '') {
      form.querySelector<HTMLInputElement>(email === '' ? '[name=email]' : '[name=password]')?.focus();
      return;
    }
    setIsBusy(true);
    const refused = await signInWith(email, password);
    if (refused === undefined) return window.location.assign(returnPath);
    setIsBusy(false);
    setFailure(refused);
    if (refused === 'wrong') form.querySelector<HTMLInputElement>('[name=password]')?.select();
  };

  return (
    // By POST, so that a submit before the script has arrived can never put a password into an address.
    <form method="post" noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
      {failure === undefined ? null : <SignInNotice failure={failure} />}
      <Field
        label={text('signIn.email')}
        name="email"
        type="email"
        autoComplete="username"
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        required
        error={missing?.email ? text('signIn.missingEmail') : undefined}
      />
      <div className="flex flex-col gap-1">
        <PasswordField
          label={text('signIn.password')}
          name="password"
          autoComplete="current-password"
          required
          error={missing?.password ? text('signIn.missingPassword') : undefined}
        />
        <p className="text-[0.9375rem]">
          <AccountLink href={withReturn('/reset-password', returnPath)}>{text('signIn.forgot')}</AccountLink>
        </p>
      </div>
      <Button kind="primary" type="submit" disabled={!isHydrated || isBusy} className="min-h-12">
        {text(isBusy ? 'signIn.submitting' : 'signIn.submit')}
      </Button>
      <noscript>
        <p className="text-sm text-alarm">{text('signIn.needsScript')}</p>
      </noscript>
      {children}
      {canSignUp ? (
        <FormFoot>
          {text('signIn.noAccount')}{' '}
          <AccountLink href={withReturn('/sign-up', returnPath)}>{text('signIn.toSignUp')}</AccountLink>
        </FormFoot>
      ) : null}
    </form>
  );
}
