import { clsx } from 'clsx';
import { ChevronDown } from 'lucide-react';
import { type ComponentProps, useId } from 'react';
import { FieldFrame, fieldClass } from './field';

interface SelectProps extends Omit<ComponentProps<'select'>, 'id'> {
  label: string;
  error?: string | undefined;
  hint?: string | undefined;
}

/** A labelled choice of a few; the browser's own, which every phone and screen reader knows. */
export function Select({ label, error, hint, className, children, ...rest }: SelectProps) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} error={error} hint={hint} className={className}>
      {(described) => (
        <div className="relative">
          <select
            id={id}
            {...described}
            className={clsx(fieldClass(error !== undefined), 'h-12 appearance-none truncate pr-9')}
            {...rest}
          >
            {children}
          </select>
          <ChevronDown
            aria-hidden
            className="pointer-events-none absolute top-3.75 right-2.5 size-4.5 text-ink-soft"
          />
        </div>
      )}
    </FieldFrame>
  );
}
