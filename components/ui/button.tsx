import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

/** `danger`: leads to what takes something away; `destroy`: takes it away, at the end of the question. */
export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger' | 'destroy';

const base =
  'inline-flex min-h-11 items-center justify-center gap-2 rounded-xl text-[0.9375rem] font-medium ' +
  'transition-colors duration-100 disabled:opacity-60 aria-disabled:opacity-60';
const kinds: Record<ButtonKind, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'border border-line-strong/60 bg-surface text-ink hover:bg-sunken',
  quiet: 'text-ink-soft hover:bg-sunken hover:text-ink',
  danger: 'border border-alarm/60 bg-surface text-alarm hover:bg-alarm-soft',
  destroy: 'bg-alarm text-on-alarm hover:bg-alarm/90',
};

/** Classes of a button, for links that look like one. */
export const buttonClass = (kind: ButtonKind = 'secondary', className?: string): string =>
  clsx(base, 'px-4', kinds[kind], className);

interface ButtonProps extends ComponentProps<'button'> {
  kind?: ButtonKind;
  /** A square with nothing but an icon; it needs an `aria-label`. */
  isIcon?: boolean;
}

/** A button at least 44 px high. */
export function Button({
  kind = 'secondary',
  isIcon = false,
  className,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button type={type} className={clsx(base, isIcon ? 'w-11' : 'px-4', kinds[kind], className)} {...rest} />
  );
}
