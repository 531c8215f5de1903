'use client';

import { Dices } from 'lucide-react';
import type { KeypadView } from '@/server/contracts/pins';
import { pinWeakness } from '@/server/domain/lock/weak-pin';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { makeUpPin } from './made-up';

/** Digits as they were typed, or made up here: those are shown once more, to be copied. */
export interface Digits {
  pin: string;
  isMadeUp: boolean;
}

/** Whether a lock takes these digits; `isOptional`: none will do too. */
export function areDigitsGood({ pin }: Digits, { minLength, maxLength }: KeypadView, isOptional: boolean) {
  if (pin === '') return isOptional;
  return (
    /^\d+$/.test(pin) && pin.length >= minLength && pin.length <= maxLength && pinWeakness(pin) !== 'same'
  );
}

interface DigitsFieldProps {
  value: Digits;
  onChange: (digits: Digits) => void;
  keypad: KeypadView;
  /** The code is there already: no digits leave it as it is. */
  isOptional: boolean;
  /** Whether somebody has tried to send it. */
  isTried: boolean;
}

/** The digits of a code, with what makes them weak and a way to have them made up. */
export function DigitsField({ value, onChange, keypad, isOptional, isTried }: DigitsFieldProps) {
  const text = useText();
  const { minLength: min, maxLength: max } = keypad;
  const isExact = min === max;
  const isFull = /^\d+$/.test(value.pin) && value.pin.length >= min && value.pin.length <= max;
  const weakness = isFull ? pinWeakness(value.pin) : undefined;
  const isBad = isTried && !areDigitsGood(value, keypad, isOptional) && weakness === undefined;
  const rules = text(isExact ? 'pin.form.digitsHintExact' : 'pin.form.digitsHint', { min, max });
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex flex-wrap items-start gap-3">
        <Field
          label={text(isOptional ? 'pin.form.newDigits' : 'pin.form.digits')}
          hint={isOptional ? `${text('pin.form.digitsKeep')} ${rules}` : rules}
          error={
            isBad
              ? text(isExact ? 'pin.form.digitsWrongExact' : 'pin.form.digitsWrong', { min, max })
              : undefined
          }
          inputMode="numeric"
          autoComplete="off"
          maxLength={8}
          value={value.pin}
          onChange={({ target }) => onChange({ pin: target.value.trim(), isMadeUp: false })}
          className="min-w-0 flex-1 basis-52 [&_input]:font-mono [&_input]:text-lg [&_input]:tracking-[0.2em]"
        />
        <Button className="sm:mt-7.5" onClick={() => onChange({ pin: makeUpPin(keypad), isMadeUp: true })}>
          <Dices aria-hidden className="size-4.5" />
          {text('pin.form.make')}
        </Button>
      </div>
      <p role="status" className="min-h-5 text-sm text-notice">
        {weakness !== undefined
          ? text(`pin.form.weak.${weakness}`)
          : value.isMadeUp
            ? text('pin.form.made')
            : ''}
      </p>
    </div>
  );
}
