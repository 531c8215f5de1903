import type { UseFormRegisterReturn } from 'react-hook-form';
import { z } from 'zod';
import { inOurWords } from '../account/refused';
import type { TextOf } from '../messages/lookup';
import { useText } from '../messages/provider';
import { Field } from '../ui/field';

/** A code of the authenticator: six digits, which may be written apart. */
export const oneTimeCodeSchema = (text: TextOf) =>
  z.string().regex(/^\s*\d{3}\s?\d{3}\s*$/, text('support.signIn.code.bad'));

/** What the service says of a code, at its field and in the words of the page. */
export const codeInOurWords = (
  error: unknown,
  text: TextOf,
  others: Parameters<typeof inOurWords>[1] = {},
): unknown =>
  inOurWords(error, {
    INVALID_AUTH_CODE: ['code', text('support.signIn.code.wrong')],
    USED_AUTH_CODE: ['code', text('support.signIn.code.used')],
    ...others,
  });

interface OneTimeCodeFieldProps {
  hint?: string;
  error: string | undefined;
  field: UseFormRegisterReturn;
  autoFocus?: boolean;
}

/** The field for a code of the authenticator. */
export function OneTimeCodeField({ hint, error, field, autoFocus = false }: OneTimeCodeFieldProps) {
  const text = useText();
  return (
    <Field
      label={text('support.signIn.code.label')}
      hint={hint}
      inputMode="numeric"
      autoComplete="one-time-code"
      maxLength={9}
      autoFocus={autoFocus}
      error={error}
      {...field}
    />
  );
}
