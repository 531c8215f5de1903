import { clsx } from 'clsx';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export type BadgeTone = 'calm' | 'notice' | 'alarm' | 'unknown' | 'plain';

const tones: Record<BadgeTone, string> = {
  calm: 'bg-calm-soft text-calm',
  notice: 'bg-notice-soft text-notice',
  alarm: 'bg-alarm-soft text-alarm',
  unknown: 'border border-dashed border-line-strong bg-unknown-soft text-unknown',
  plain: 'bg-sunken text-ink-soft',
};

interface BadgeProps {
  tone: BadgeTone;
  icon?: LucideIcon;
  className?: string;
  children: ReactNode;
}

/** A short state: word and icon say it, the colour only underlines it. */
export function Badge({ tone, icon: Icon, className, children }: BadgeProps) {
  return (
    <span
      className={clsx(
        'inline-flex min-h-7 items-center gap-1.5 rounded-full px-2.5 text-sm font-medium whitespace-nowrap',
        tones[tone],
        className,
      )}
    >
      {Icon === undefined ? null : <Icon aria-hidden className="size-4 shrink-0" />}
      {children}
    </span>
  );
}
