'use client';

import { use } from 'react';
import { useText } from '../messages/provider';
import { Button } from './button';
import { DialogHold } from './dialog-hold';

/** Closes the dialog around it without doing what it asks for; what has been begun is not to be cancelled. */
export function DialogCancel() {
  const text = useText();
  const { close, isHeld } = use(DialogHold);
  return (
    <Button aria-disabled={isHeld} onClick={close}>
      {text('ui.cancel')}
    </Button>
  );
}
