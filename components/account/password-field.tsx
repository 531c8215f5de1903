'use client';

import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, type KeyboardEvent, useState } from 'react';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Field } from '../ui/field';

type PasswordFieldProps = Omit<ComponentProps<typeof Field>, 'type' | 'after' | 'onKeyDown' | 'onKeyUp'> & {
  autoComplete: 'current-password' | 'new-password';
};

/** A field for a password that can be looked at, and that says when caps lock is on. */
export function PasswordField(props: PasswordFieldProps) {
  const text = useText();
  const [isVisible, setIsVisible] = useState(false);
  const [isCapsLock, setIsCapsLock] = useState(false);
  const look = (event: KeyboardEvent) => setIsCapsLock(event.getModifierState('CapsLock'));
  const Icon = isVisible ? EyeOff : Eye;
  return (
    <div className="flex flex-col gap-1.5">
      <Field
        {...props}
        type={isVisible ? 'text' : 'password'}
        autoCapitalize="none"
        spellCheck={false}
        onKeyDown={look}
        onKeyUp={look}
        after={
          <Button
            kind="quiet"
            isIcon
            aria-label={text(isVisible ? 'signIn.hidePassword' : 'signIn.showPassword')}
            onClick={() => setIsVisible(!isVisible)}
          >
            <Icon aria-hidden className="size-5" />
          </Button>
        }
      />
      <p role="status" className="text-sm text-notice empty:hidden">
        {isCapsLock ? text('account.password.capsLock') : ''}
      </p>
    </div>
  );
}
