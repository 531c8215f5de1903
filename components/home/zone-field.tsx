'use client';

import { type ComponentProps, useId } from 'react';
import { useText } from '../messages/provider';
import { useIsHydrated } from '../time/clock';
import { Field } from '../ui/field';

const zones = (): readonly string[] =>
  typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : [];

/** Whether a text names a time zone. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone !== '';
  } catch {
    return false;
  }
}

/** A time zone by its name; typing searches the known ones. */
export function ZoneField({ isWrong, ...rest }: { isWrong: boolean } & ComponentProps<'input'>) {
  const text = useText();
  const listId = useId();
  const isHydrated = useIsHydrated();
  const { id, ...input } = rest;
  return (
    <>
      <Field
        {...input}
        label={text('home.timezone')}
        hint={text('home.timezone.hint')}
        error={isWrong ? text('home.timezone.wrong') : undefined}
        list={listId}
        autoComplete="off"
        spellCheck={false}
      />
      <datalist id={listId}>
        {isHydrated ? zones().map((zone) => <option key={zone} value={zone} />) : null}
      </datalist>
    </>
  );
}
