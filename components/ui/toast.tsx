'use client';

import { useEffect, useState } from 'react';
import { soonAgain } from './patiently';

export interface Told {
  tone: 'done' | 'failed';
  title: string;
  detail?: string;
  /** Takes back what was done, while the words are shown. */
  undo?: { label: string; run: () => void };
}

const waiting: Told[] = [];
let onTold: (() => void) | undefined;

/** Says that something was done or has failed, at the edge of the page. What shows it is loaded at the first word. */
export function tell(told: Told): void {
  waiting.push(told);
  onTold?.();
}

type Shower = typeof import('./toaster');

/** Where `tell` is shown; stands once in a layout. */
export function Toasts({ label }: { label: string }) {
  const [shower, setShower] = useState<Shower>();
  useEffect(() => {
    let loading: Promise<Shower> | undefined;
    onTold = () => {
      loading ??= import('./toaster');
      loading.then(
        (found) => {
          setShower(found);
          for (const told of waiting.splice(0)) found.show(told);
        },
        // The words wait until it can be had.
        () => {
          loading = undefined;
          soonAgain(() => onTold?.());
        },
      );
    };
    if (waiting.length > 0) onTold();
    return () => {
      onTold = undefined;
    };
  }, []);
  return shower === undefined ? null : <shower.Toaster label={label} />;
}
