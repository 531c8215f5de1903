'use client';

import { useState } from 'react';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { later } from '../ui/later';
import { Row, Section } from './section';

const NameDialog = later(async () => (await import('./name-dialog')).NameDialog);

interface ProfileSectionProps {
  userId: number;
  name: string;
  email: string | undefined;
  phoneNumber: string | undefined;
}

/** Name and address of the account. */
export function ProfileSection({ userId, name, email, phoneNumber }: ProfileSectionProps) {
  const text = useText();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Section title={text('account.profile.title')} text={text('account.profile.text')}>
      <Row label={text('account.profile.name')} value={name === '' ? text('account.profile.noName') : name}>
        <Button onClick={() => setIsOpen(true)} aria-label={text('account.profile.changeName')}>
          {text('account.change')}
        </Button>
      </Row>
      {email === undefined ? null : <Row label={text('account.profile.email')} value={email} />}
      {phoneNumber === undefined ? null : <Row label={text('account.profile.phone')} value={phoneNumber} />}
      {isOpen ? <NameDialog userId={userId} name={name} onClose={() => setIsOpen(false)} /> : null}
    </Section>
  );
}
