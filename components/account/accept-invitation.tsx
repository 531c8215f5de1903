'use client';

import { House } from 'lucide-react';
import { useEffect, useState } from 'react';
import { z } from 'zod';
import type { Role } from '@/server/domain/permissions';
import { api } from '../hooks/api';
import { ApiError } from '../hooks/call';
import type { MessageKey } from '../messages/lookup';
import { useText } from '../messages/provider';
import { useIsHydrated } from '../time/clock';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Form, useApiForm } from '../ui/form';
import { Notice } from '../ui/notice';
import { AccountCard } from './account-card';
import { inWordsOfFields, nameField, newPasswordField } from './account-fields';
import { DeadInvitation } from './dead-invitation';
import { UserNameForManagers } from './new-password';
import { NewPasswordField } from './new-password-field';
import { signInWith } from './sign-in-with';

interface AcceptInvitationProps {
  token: string;
  email: string;
  homes: readonly { homeId: number; name: string; role: Role }[];
  /** Who is signed in in this browser now. */
  signedInAs: string | undefined;
}

/** Shows what somebody is invited to, sets up the account and signs in. */
export function AcceptInvitation({ token, email, homes, signedInAs }: AcceptInvitationProps) {
  const text = useText();
  const isHydrated = useIsHydrated();
  const [isDead, setIsDead] = useState(false);
  // By the page's script: what only fetches the link has not looked at it.
  useEffect(() => {
    api('auth.seeInvitation', { body: { token } }).catch(() => undefined);
  }, [token]);
  const form = useApiForm<{ name: string; password: string }>({
    schema: z.object({ name: nameField(text), password: newPasswordField(text, email) }),
    defaultValues: { name: '', password: '' },
    async send({ name, password }) {
      try {
        await api('auth.activate', { body: { token, name, password } });
      } catch (error) {
        if (error instanceof ApiError && error.reason === 'INVALID_TOKEN') return setIsDead(true);
        throw inWordsOfFields(error, text);
      }
      const refused = await signInWith(email, password);
      window.location.assign(refused === undefined ? '/dashboard' : '/sign-in?notice=verified');
      return 'leaving';
    },
  });
  if (isDead) return <DeadInvitation />;
  const { register, watch, formState } = form.form;
  const lead =
    homes.length === 0
      ? text('account.invitation.none')
      : homes.length === 1
        ? text('account.invitation.one')
        : text('account.invitation.many', { count: homes.length });
  return (
    <AccountCard title={text('account.invitation.title')} lead={lead}>
      {homes.length === 0 ? null : (
        <ul aria-label={text('account.invitation.homes')} className="flex flex-col gap-2">
          {homes.map((home) => (
            <InvitedHome key={home.homeId} {...home} />
          ))}
        </ul>
      )}
      {signedInAs === undefined ? null : (
        <Notice tone="notice">{text('account.invitation.signedIn', { name: signedInAs })}</Notice>
      )}
      <p className="text-[0.9375rem] text-pretty break-words text-ink-soft">
        {text('account.invitation.for', { email })}
      </p>
      <Form of={form}>
        <UserNameForManagers email={email} />
        <Field
          label={text('signUp.name')}
          hint={text('signUp.nameHint')}
          autoComplete="name"
          error={formState.errors.name?.message}
          {...register('name')}
        />
        <NewPasswordField
          label={text('account.password.choose')}
          typed={watch('password')}
          email={email}
          error={formState.errors.password?.message}
          {...register('password')}
        />
        <Button kind="primary" type="submit" disabled={!isHydrated || form.isBusy} className="min-h-12">
          {text(form.isBusy ? 'account.invitation.submitting' : 'account.invitation.submit')}
        </Button>
      </Form>
    </AccountCard>
  );
}

function InvitedHome({ name, role }: { name: string; role: Role }) {
  const text = useText();
  const as: MessageKey = `account.invitation.as.${role}`;
  return (
    <li className="flex gap-3 rounded-xl bg-sunken px-4 py-3">
      <House aria-hidden className="mt-0.5 size-5 shrink-0 text-ink-soft" />
      <div className="min-w-0">
        <p className="font-semibold break-words">{name}</p>
        <p className="text-[0.9375rem] text-pretty text-ink-soft">{text(as)}</p>
      </div>
    </li>
  );
}
