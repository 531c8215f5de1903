import { clsx } from 'clsx';
import { type ComponentProps, useId } from 'react';
import { FieldFrame, fieldClass } from './field';

interface TextAreaProps extends Omit<ComponentProps<'textarea'>, 'id'> {
  label: string;
  error?: string | undefined;
  hint?: string | undefined;
  /** For JSON and codes. */
  isCode?: boolean;
}

/** A labelled text of several lines. */
export function TextArea({ label, error, hint, isCode = false, className, ...rest }: TextAreaProps) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} error={error} hint={hint} className={className}>
      {(described) => (
        <textarea
          id={id}
          {...described}
          spellCheck={!isCode}
          className={clsx(fieldClass(error !== undefined), 'min-h-24 py-3', isCode && 'font-mono text-sm')}
          {...rest}
        />
      )}
    </FieldFrame>
  );
}
