'use client';

import { type ReactNode, useState } from 'react';
import { later } from '../ui/later';
import type { NamedAct } from './acts';

const ActDialog = later(async () => (await import('./act-dialog')).ActDialog);

/** Lets parts of a page ask for an act, whose dialog stands in `dialog`. `onDone` is called when something was done. */
export function useActs(
  zone: string | undefined,
  onDone: () => void,
): { ask: (act: NamedAct) => void; dialog: ReactNode } {
  const [asked, setAsked] = useState<NamedAct>();
  const dialog =
    asked === undefined ? null : (
      <ActDialog asked={asked} zone={zone} onClose={() => setAsked(undefined)} onDone={onDone} />
    );
  return { ask: setAsked, dialog };
}
