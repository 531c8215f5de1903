import { clsx } from 'clsx';
import { type ComponentProps, type ReactNode, useId } from 'react';

interface FieldProps extends Omit<ComponentProps<'input'>, 'id'> {
  label: string;
  /** What is wrong with the value, told to screen readers as such. */
  error?: string | undefined;
  /** A control at the end of the field. */
  after?: ReactNode;
}

/** A labelled text field. */
export function Field({ label, error, after, className, ...rest }: FieldProps) {
  const id = useId();
  return (
    <div className={clsx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-[0.9375rem] font-medium">
        {label}
      </label>
      <div className="relative">
        <input
          id={id}
          aria-invalid={error === undefined ? undefined : true}
          aria-describedby={error === undefined ? undefined : `${id}-error`}
          className={clsx(
            'h-12 w-full rounded-xl border bg-surface px-3.5 text-base text-ink',
            error === undefined ? 'border-line-strong' : 'border-alarm',
            after === undefined ? '' : 'pr-13',
          )}
          {...rest}
        />
        {after === undefined ? null : (
          <div className="absolute inset-y-0 right-0.5 grid place-items-center">{after}</div>
        )}
      </div>
      {error === undefined ? null : (
        <p id={`${id}-error`} className="text-sm text-alarm">
          {error}
        </p>
      )}
    </div>
  );
}
