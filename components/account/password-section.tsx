'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Row, Section } from './section';

const PasswordDialog = dynamic(() => import('./password-dialog').then((module) => module.PasswordDialog), {
  ssr: false,
});

/** The password of the account, which can be changed by whoever knows it. */
export function PasswordSection({ userId, email }: { userId: number; email: string }) {
  const text = useText();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Section title={text('account.passwordSection.title')} text={text('account.passwordSection.text')}>
      <Row
        label={text('account.passwordSection.title')}
        value={
          <span aria-hidden className="tracking-widest">
            ••••••••
          </span>
        }
      >
        <Button onClick={() => setIsOpen(true)}>{text('account.passwordSection.change')}</Button>
      </Row>
      {isOpen ? <PasswordDialog userId={userId} email={email} onClose={() => setIsOpen(false)} /> : null}
    </Section>
  );
}
