'use client';

import { Toaster as Shown, toast } from 'sonner';
import type { Told } from './toast';

/** The edge of the page where words are shown. */
export function Toaster({ label }: { label: string }) {
  return (
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
          actionButton: 'ml-auto min-h-11 shrink-0 rounded-xl px-3 font-medium text-accent hover:bg-sunken',
        },
      }}
    />
  );
}

/** Shows one of them. */
export function show({ tone, title, detail, undo }: Told): void {
  const how = {
    ...(detail === undefined ? {} : { description: detail }),
    ...(undo === undefined ? {} : { action: { label: undo.label, onClick: undo.run }, duration: 10_000 }),
  };
  if (tone === 'done') toast.success(title, how);
  else toast.error(title, { ...how, duration: 12_000 });
}
