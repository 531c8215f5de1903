'use client';

import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { z } from 'zod';
import { AccountCard } from '../account/account-card';
import { inWordsOfFields, newPasswordField } from '../account/account-fields';
import { UserNameForManagers } from '../account/new-password';
import { NewPasswordField } from '../account/new-password-field';
import { api } from '../hooks/api';
import { ApiError } from '../hooks/call';
import { useText } from '../messages/provider';
import { useIsHydrated } from '../time/clock';
import { Button, buttonClass } from '../ui/button';
import { Form, useApiForm } from '../ui/form';
import { Link } from '../ui/link';

/** Shortest password of a member of staff, as the contract has it. */
const least = 12;

/** Sets the password of a staff account by its link, then leads to the sign-in. */
export function StaffSetUp({ token, email }: { token: string; email: string }) {
  const text = useText();
  const isHydrated = useIsHydrated();
  const [isDead, setIsDead] = useState(false);
  const form = useApiForm<{ password: string }>({
    schema: z.object({ password: newPasswordField(text, email, least) }),
    defaultValues: { password: '' },
    async send({ password }) {
      try {
        await api('staff.setUp', { body: { token, password } });
      } catch (error) {
        if (error instanceof ApiError && error.reason === 'INVALID_TOKEN') return setIsDead(true);
        throw inWordsOfFields(error, text, 'password', least);
      }
      window.location.assign('/support/sign-in?notice=set-up');
      return 'leaving';
    },
  });
  if (isDead) return <DeadSetUp isAnswer />;
  return (
    <AccountCard title={text('support.setUp.title')} lead={text('support.setUp.for', { email })}>
      <Form of={form}>
        <UserNameForManagers email={email} />
        <NewPasswordField
          label={text('account.password.new')}
          typed={form.form.watch('password')}
          email={email}
          least={least}
          error={form.form.formState.errors.password?.message}
          {...form.form.register('password')}
        />
        <Button kind="primary" type="submit" disabled={!isHydrated || form.isBusy} className="min-h-12">
          {text(form.isBusy ? 'support.setUp.setting' : 'support.setUp.set')}
        </Button>
      </Form>
    </AccountCard>
  );
}

/** A link that is unknown, used or too old, and what to do then. */
export function DeadSetUp({ isAnswer = false }: { isAnswer?: boolean }) {
  const text = useText();
  return (
    <AccountCard
      icon={KeyRound}
      title={text('support.setUp.dead.title')}
      lead={text('support.setUp.dead.text')}
      isAnswer={isAnswer}
    >
      <Link href="/support/sign-in" className={buttonClass('primary', 'min-h-12')}>
        {text('support.setUp.dead.signIn')}
      </Link>
    </AccountCard>
  );
}
