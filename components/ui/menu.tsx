'use client';

import * as Radix from '@radix-ui/react-dropdown-menu';
import { clsx } from 'clsx';
import type { LucideIcon } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { openerNow } from './opener';

interface MenuProps {
  /** The button that opens it; it needs a name of its own. */
  trigger: ReactElement;
  isOpenAtFirst?: boolean;
  children: ReactNode;
}

/** A menu of actions behind one button. */
export function Menu({ trigger, isOpenAtFirst = false, children }: MenuProps) {
  return (
    <Radix.Root defaultOpen={isOpenAtFirst}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="end"
          sideOffset={6}
          collisionPadding={12}
          className="z-20 min-w-52 rounded-2xl border border-line bg-surface p-1.5 shadow-float"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface MenuItemProps {
  icon: LucideIcon;
  onSelect: () => void;
  /** Takes something away. */
  isDangerous?: boolean;
  disabled?: boolean;
  children: ReactNode;
}

export function MenuItem({ icon: Icon, onSelect, isDangerous = false, disabled, children }: MenuItemProps) {
  return (
    <Radix.Item
      {...(disabled === undefined ? {} : { disabled })}
      onSelect={() => {
        // The menu is gone, and the focus on its way back, by the time that a dialog is there.
        openerNow();
        onSelect();
      }}
      className={clsx(
        'flex min-h-11 cursor-default items-center gap-3 rounded-xl px-3 text-[0.9375rem] data-disabled:opacity-50 data-highlighted:bg-sunken',
        isDangerous ? 'text-alarm' : 'text-ink',
      )}
    >
      <Icon aria-hidden className="size-4.5 shrink-0" />
      {children}
    </Radix.Item>
  );
}
