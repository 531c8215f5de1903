'use client';

import { type ComponentType, useEffect, useState } from 'react';

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

type Sonner = typeof import('sonner');

/** Where `tell` is shown; stands once in a layout. */
export function Toasts({ label }: { label: string }) {
  const [Toaster, setToaster] = useState<ComponentType>();
  useEffect(() => {
    let sonner: Promise<Sonner> | undefined;
    const show = async () => {
      sonner ??= import('sonner');
      const { Toaster: Shown, toast } = await sonner;
      setToaster(() => () => (
        <Shown
          containerAriaLabel={label}
          // On a phone a dialog's buttons are at the bottom edge, and so is the word that the device is offline.
          position={window.matchMedia('(max-width: 639px)').matches ? 'top-center' : 'bottom-center'}
          toastOptions={{
            unstyled: true,
            classNames: {
              toast:
                'flex w-full items-center gap-3 rounded-2xl border border-line bg-surface px-4 py-3 text-[0.9375rem] text-ink shadow-float',
              description: 'text-sm text-ink-soft',
              icon: 'self-start pt-0.5',
              success: '[&_[data-icon]]:text-calm',
              error: 'border-alarm/40 [&_[data-icon]]:text-alarm',
              actionButton:
                'ml-auto min-h-11 shrink-0 rounded-xl px-3 font-medium text-accent hover:bg-sunken',
            },
          }}
        />
      ));
      for (const { tone, title, detail, undo } of waiting.splice(0)) {
        const how = {
          ...(detail === undefined ? {} : { description: detail }),
          ...(undo === undefined
            ? {}
            : { action: { label: undo.label, onClick: undo.run }, duration: 10_000 }),
        };
        if (tone === 'done') toast.success(title, how);
        else toast.error(title, { ...how, duration: 12_000 });
      }
    };
    onTold = () => void show();
    if (waiting.length > 0) onTold();
    return () => {
      onTold = undefined;
    };
  }, [label]);
  return Toaster === undefined ? null : <Toaster />;
}
