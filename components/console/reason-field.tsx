import type { UseFormRegisterReturn } from 'react-hook-form';
import { z } from 'zod';
import { reasonLeast, reasonMost } from '@/server/contracts/console-words';
import type { TextOf } from '../messages/lookup';
import { useText } from '../messages/provider';
import { TextArea } from '../ui/text-area';

/** Why somebody of the staff does something: short reasons are none. */
export const reasonSchema = (text: TextOf) =>
  z.string().trim().min(reasonLeast, text('console.act.reason.missing'));

interface ReasonFieldProps {
  /** Who will read it. */
  hint: string;
  error: string | undefined;
  field: UseFormRegisterReturn;
}

/** The field for a reason. */
export function ReasonField({ hint, error, field }: ReasonFieldProps) {
  const text = useText();
  return (
    <TextArea
      label={text('console.act.reason')}
      hint={hint}
      error={error}
      maxLength={reasonMost}
      {...field}
    />
  );
}
