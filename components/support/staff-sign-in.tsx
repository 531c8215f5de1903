'use client';

import { useEffect, useState } from 'react';
import type { StaffSession } from '@/server/contracts/staff';
import { api } from '../hooks/api';
import { CodeStep } from './code-step';
import { EnrolStep } from './enrol-step';
import { PasswordStep } from './password-step';

interface StaffSignInProps {
  /** Where the sign-in stands, as the server saw it. */
  session: StaffSession;
  returnPath: string;
  /** The password was just set. */
  isSetUp: boolean;
}

/** Signs a member of staff in: password, then a code; the first time an authenticator is connected in between. */
export function StaffSignIn({ session, returnPath, isSetUp }: StaffSignInProps) {
  const [now, setNow] = useState(session);
  const [notice, setNotice] = useState<'setUp' | 'late' | undefined>(isSetUp ? 'setUp' : undefined);
  const go = (next: StaffSession) => {
    if (next.step === 'done') return window.location.assign(returnPath);
    setNotice(undefined);
    setNow(next);
  };
  const wasUnknown = session.step === 'password';
  // Whoever followed a link from elsewhere has not sent the cookie, which the page itself does.
  useEffect(() => {
    if (!wasUnknown) return;
    api('staff.getSession', {}).then(
      (found) => {
        if (found.step === 'done') window.location.assign(returnPath);
        else if (found.step !== 'password') setNow(found);
      },
      () => undefined,
    );
  }, [wasUnknown, returnPath]);
  const begin = (why?: 'late') => {
    setNotice(why);
    setNow({ step: 'password' });
  };
  const { account } = now;
  if (now.step === 'password' || now.step === 'done' || account === undefined)
    return <PasswordStep notice={notice} isAnswer={now !== session} onNext={go} />;
  const step = { email: account.email, onNext: go, onBegin: begin };
  return now.step === 'enrol' ? (
    <EnrolStep {...step} />
  ) : (
    <CodeStep {...step} hasPasskey={now.hasPasskey === true} />
  );
}
