'use client';

import { MailX } from 'lucide-react';
import { useText } from '../messages/provider';
import { buttonClass } from '../ui/button';
import { Link } from '../ui/link';
import { AccountCard } from './account-card';

/** An invitation that is no good any more, and what to do then. */
export function DeadInvitation() {
  const text = useText();
  return (
    <AccountCard
      icon={MailX}
      title={text('account.invitation.dead.title')}
      lead={text('account.invitation.dead.text')}
    >
      <Link href="/sign-in" className={buttonClass('primary', 'min-h-12')}>
        {text('signUp.toSignIn')}
      </Link>
    </AccountCard>
  );
}
