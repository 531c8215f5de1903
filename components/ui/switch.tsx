'use client';

import * as Radix from '@radix-ui/react-switch';
import { useId } from 'react';

interface SwitchProps {
  label: string;
  hint?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}

/** A setting that is on or off and takes effect at once. */
export function Switch({ label, hint, checked, onChange, disabled = false }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex min-h-11 items-center justify-between gap-4 py-1.5">
      <div className="min-w-0">
        <label htmlFor={id} className="text-[0.9375rem] font-medium">
          {label}
        </label>
        {hint === undefined ? null : (
          <p id={`${id}-hint`} className="text-sm text-pretty text-ink-soft">
            {hint}
          </p>
        )}
      </div>
      <Radix.Root
        id={id}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        className="relative h-7 w-12 shrink-0 rounded-full bg-line-strong transition-colors duration-100 after:absolute after:-inset-2 data-[state=checked]:bg-accent disabled:opacity-50"
      >
        <Radix.Thumb className="block size-5.5 translate-x-0.75 rounded-full bg-surface shadow-card transition-transform duration-100 data-[state=checked]:translate-x-5.75" />
      </Radix.Root>
    </div>
  );
}
