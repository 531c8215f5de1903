'use client';

import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { tell } from '../ui/toast';

/** Ends the session here and on the server. */
export function SignOutButton() {
  const text = useText();
  const [isLeaving, setIsLeaving] = useState(false);
  const leave = async () => {
    setIsLeaving(true);
    try {
      // Loaded at need: no page carries it along for a button that is pressed once.
      const { signOut } = await import('next-auth/react');
      await signOut({ redirect: false });
      window.location.assign('/sign-in');
    } catch {
      // Nobody may go away from here believing to be signed out.
      tell({ tone: 'failed', title: text('nav.notSignedOut'), detail: text('nav.notSignedOut.text') });
      setIsLeaving(false);
    }
  };
  return (
    <Button
      kind="quiet"
      disabled={isLeaving}
      onClick={() => void leave()}
      className="shrink-0 max-sm:w-11 max-sm:px-0"
    >
      <LogOut aria-hidden className="size-4.5 shrink-0" />
      <span className="max-sm:sr-only">{text(isLeaving ? 'nav.signingOut' : 'nav.signOut')}</span>
    </Button>
  );
}
