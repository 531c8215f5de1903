'use client';

import { createContext, use, useEffect } from 'react';

/** `busy`: what was asked for is under way; `kept`: what is shown is shown this once, and goes by its own button alone. */
export type Hold = 'busy' | 'kept';

interface Holding {
  hold: (why: Hold) => () => void;
  isHeld: boolean;
  /** Closes it, unless it is held. */
  close: () => void;
}

export const DialogHold = createContext<Holding>({
  hold: () => () => undefined,
  isHeld: false,
  close: () => undefined,
});

/** Keeps the dialog around it open: Escape, a tap outside, the cross and Cancel do nothing meanwhile. */
export function useDialogHold(why: Hold, isHolding: boolean): void {
  const { hold } = use(DialogHold);
  useEffect(() => (isHolding ? hold(why) : undefined), [hold, why, isHolding]);
}
