'use client';

import { useState } from 'react';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { later } from '../ui/later';
import { Row, Section } from './section';

const PasswordDialog = later(async () => (await import('./password-dialog')).PasswordDialog);

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
