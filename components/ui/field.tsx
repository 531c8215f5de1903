import { clsx } from 'clsx';
import { type ComponentProps, type ReactNode, useId } from 'react';

/** Classes of a control that takes text. */
export const fieldClass = (isWrong: boolean): string =>
  clsx(
    'w-full rounded-xl border bg-surface px-3.5 text-base text-ink',
    isWrong ? 'border-alarm' : 'border-line-strong',
  );

interface FieldFrameProps {
  id: string;
  label: string;
  error: string | undefined;
  hint: string | undefined;
  className?: string | undefined;
  children: (described: { 'aria-invalid'?: true; 'aria-describedby'?: string }) => ReactNode;
}

/** Label above, hint and what is wrong below a control, tied to it for screen readers. */
export function FieldFrame({ id, label, error, hint, className, children }: FieldFrameProps) {
  const describedBy = [error === undefined ? '' : `${id}-error`, hint === undefined ? '' : `${id}-hint`]
    .filter((part) => part !== '')
    .join(' ');
  return (
    <div className={clsx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-[0.9375rem] font-medium">
        {label}
      </label>
      {children({
        ...(error === undefined ? {} : { 'aria-invalid': true }),
        ...(describedBy === '' ? {} : { 'aria-describedby': describedBy }),
      })}
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="text-sm text-pretty text-ink-soft">
          {hint}
        </p>
      )}
      {error === undefined ? null : (
        <p id={`${id}-error`} className="text-sm text-alarm">
          {error}
        </p>
      )}
    </div>
  );
}

interface FieldProps extends Omit<ComponentProps<'input'>, 'id'> {
  label: string;
  /** What is wrong with the value, told to screen readers as such. */
  error?: string | undefined;
  /** What a good value looks like. */
  hint?: string | undefined;
  /** A control at the end of the field. */
  after?: ReactNode;
  /** For codes and addresses: each letter as wide as the next. */
  isCode?: boolean;
}

/** A labelled text field. */
export function Field({ label, error, hint, after, isCode = false, className, ...rest }: FieldProps) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} error={error} hint={hint} className={className}>
      {(described) => (
        <div className="relative">
          <input
            id={id}
            {...described}
            className={clsx(
              fieldClass(error !== undefined),
              'h-12',
              after !== undefined && 'pr-13',
              isCode && 'font-mono',
            )}
            {...rest}
          />
          {after === undefined ? null : (
            <div className="absolute inset-y-0 right-0.5 grid place-items-center">{after}</div>
          )}
        </div>
      )}
    </FieldFrame>
  );
}
