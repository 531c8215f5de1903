'use client';

import * as Radix from '@radix-ui/react-dialog';
import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useText } from '../messages/provider';
import { Button } from './button';
import { DialogHold, type Hold } from './dialog-hold';
import { openerNow } from './opener';

const firstField =
  ':is(input, select, textarea):not([type=file], [type=hidden], [hidden], [tabindex="-1"], :disabled)';

interface DialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  /** One sentence that says what it is for. */
  lead?: string;
  size?: 'small' | 'wide';
  /** What was asked for is under way: whoever closes it would never hear what came of it. */
  isBusy?: boolean;
  children: ReactNode;
}

/**
 * A question or form above the page: focus stays inside and goes back after, Escape closes it unless something holds it
 * open. From below on a phone, centred elsewhere.
 */
export function Dialog({
  isOpen,
  onOpenChange,
  title,
  lead,
  size = 'small',
  isBusy = false,
  children,
}: DialogProps) {
  const text = useText();
  const [holds, setHolds] = useState<readonly { why: Hold }[]>([]);
  const hold = useCallback((why: Hold) => {
    const own = { why };
    setHolds((known) => [...known, own]);
    return () => setHolds((known) => known.filter((one) => one !== own));
  }, []);
  const isHeld = isBusy || holds.length > 0;
  const isKept = holds.some(({ why }) => why === 'kept');
  const change = (wanted: boolean) => {
    if (wanted || !isHeld) onOpenChange(wanted);
  };
  const opener = useRef<HTMLElement>(undefined);
  const content = useRef<HTMLDivElement>(null);
  // Another title is another content, which is read from its beginning.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the title is what tells one content from another
  useEffect(() => {
    // In braces: newer browsers answer with a promise, which React would take for what undoes the effect.
    content.current?.scrollTo(0, 0);
  }, [title]);
  return (
    <Radix.Root open={isOpen} onOpenChange={change}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-20 bg-scrim" />
        <Radix.Content
          ref={content}
          {...(lead === undefined ? { 'aria-describedby': undefined } : {})}
          onOpenAutoFocus={(event) => {
            opener.current = openerNow();
            // The button that closes would come first; on a phone a field would raise the keyboard over what is asked.
            event.preventDefault();
            const field = content.current?.querySelector<HTMLElement>(firstField);
            const isKeyboardFree = window.matchMedia('(pointer: fine)').matches;
            ((isKeyboardFree ? field : undefined) ?? content.current)?.focus();
          }}
          onCloseAutoFocus={(event) => {
            // Radix would look for a trigger of its own, which our dialogs have not, and leave the focus nowhere.
            event.preventDefault();
            opener.current?.focus();
          }}
          className={clsx(
            'fixed inset-x-0 bottom-0 z-30 flex max-h-[92dvh] flex-col overflow-y-auto overscroll-contain scroll-pb-44 rounded-t-3xl bg-surface px-5 pt-5 shadow-float outline-none',
            'sm:inset-auto sm:top-1/2 sm:left-1/2 sm:w-[calc(100%-3rem)] sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-3xl sm:px-6 sm:pt-6',
            size === 'wide' ? 'sm:max-w-3xl' : 'sm:max-w-lg',
          )}
        >
          <div className="flex items-start justify-between gap-3">
            <Radix.Title className="min-w-0 pt-1.5 text-xl font-semibold break-words">{title}</Radix.Title>
            {isKept ? null : (
              <Radix.Close asChild>
                <Button
                  kind="quiet"
                  isIcon
                  aria-label={text('ui.close')}
                  aria-disabled={isHeld}
                  className="shrink-0"
                >
                  <X aria-hidden className="size-5" />
                </Button>
              </Radix.Close>
            )}
          </div>
          {lead === undefined ? null : (
            <Radix.Description className="mt-1 text-pretty text-ink-soft">{lead}</Radix.Description>
          )}
          {/* The space at the end is inside: what sticks to the bottom edge would stand above that of the frame. */}
          <div className="mt-4 pb-8 sm:pb-6">
            <DialogHold value={{ hold, isHeld, close: () => change(false) }}>{children}</DialogHold>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The row of buttons that ends a dialog, in sight however long the dialog is; the decisive one comes last. */
export function DialogActions({ children }: { children: ReactNode }) {
  return (
    <div
      className={clsx(
        '-mx-5 mt-6 -mb-8 flex flex-col-reverse gap-3 bg-surface px-5 pb-8 sm:-mx-6 sm:-mb-6 sm:flex-row sm:justify-end sm:px-6 sm:pb-6',
        'before:pointer-events-none before:absolute before:inset-x-0 before:bottom-full before:h-6 before:bg-linear-to-t before:from-surface before:to-transparent',
        'relative [@media(min-height:40rem)]:sticky [@media(min-height:40rem)]:bottom-0',
      )}
    >
      {children}
    </div>
  );
}
