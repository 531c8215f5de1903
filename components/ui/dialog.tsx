'use client';

import * as Radix from '@radix-ui/react-dialog';
import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useText } from '../messages/provider';
import { Button } from './button';
import { openerNow } from './opener';

interface DialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  /** One sentence that says what it is for. */
  lead?: string;
  size?: 'small' | 'wide';
  children: ReactNode;
}

/** A question or form above the page: focus stays inside and goes back after, Escape closes it. From below on a phone, centred elsewhere. */
export function Dialog({ isOpen, onOpenChange, title, lead, size = 'small', children }: DialogProps) {
  const text = useText();
  const opener = useRef<HTMLElement>(undefined);
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-20 bg-scrim" />
        <Radix.Content
          {...(lead === undefined ? { 'aria-describedby': undefined } : {})}
          onOpenAutoFocus={() => {
            opener.current = openerNow();
          }}
          onCloseAutoFocus={(event) => {
            // Radix would look for a trigger of its own, which our dialogs have not, and leave the focus nowhere.
            event.preventDefault();
            opener.current?.focus();
          }}
          className={clsx(
            'fixed inset-x-0 bottom-0 z-30 flex max-h-[92dvh] flex-col overflow-y-auto rounded-t-3xl bg-surface p-5 pb-8 shadow-float',
            'sm:inset-auto sm:top-1/2 sm:left-1/2 sm:w-[calc(100%-3rem)] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-3xl sm:p-6',
            size === 'wide' ? 'sm:max-w-3xl' : 'sm:max-w-lg',
          )}
        >
          <div className="flex items-start justify-between gap-3">
            <div className="min-w-0 pt-1.5">
              <Radix.Title className="text-xl font-semibold break-words">{title}</Radix.Title>
              {lead === undefined ? null : (
                <Radix.Description className="mt-1 text-pretty text-ink-soft">{lead}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <Button kind="quiet" isIcon aria-label={text('ui.close')} className="shrink-0">
                <X aria-hidden className="size-5" />
              </Button>
            </Radix.Close>
          </div>
          <div className="mt-4">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The row of buttons that ends a dialog; the decisive one comes last. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="mt-6 flex flex-col-reverse gap-3 sm:flex-row sm:justify-end">{children}</div>;
}
