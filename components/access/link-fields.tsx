'use client';

import { useText } from '../messages/provider';
import { Field } from '../ui/field';
import { Notice } from '../ui/notice';
import { WindowEditor } from './window-editor';
import type { AccessWindow } from './window-words';

/** What a link's form holds besides its doors. */
export interface LinkFields {
  label: string;
  uses: string;
  window: AccessWindow;
}

/** What is wrong with the fields, by field; empty: they can be sent. */
export function faultsOf({ uses, window }: LinkFields): { uses?: true; window?: true } {
  return {
    ...(/^([1-9]\d{0,5})?$/.test(uses.trim()) ? {} : { uses: true }),
    ...(window.validFrom === undefined || window.validUntil === undefined ? { window: true } : {}),
  };
}

/** Openings as the API takes them; null: no limit. */
export const usesOf = ({ uses }: LinkFields): number | null => (uses.trim() === '' ? null : Number(uses));

/** The window as the API takes it: every part named, null where there is no limit. */
export const windowOf = ({ window: { validFrom, validUntil, weekdays, from, until } }: LinkFields) => ({
  validFrom: validFrom ?? '',
  validUntil: validUntil ?? '',
  weekdays: weekdays ?? null,
  from: from ?? null,
  until: until ?? null,
});

interface LinkFieldsProps {
  value: LinkFields;
  onChange: (value: LinkFields) => void;
  zone: string;
  /** Whether somebody has tried to send it. */
  isTried: boolean;
}

/** Label, window and number of openings of a link. */
export function LinkFieldsEditor({ value, onChange, zone, isTried }: LinkFieldsProps) {
  const text = useText();
  const faults = isTried ? faultsOf(value) : {};
  return (
    <>
      <Field
        label={text('links.form.label')}
        hint={text('links.form.labelHint')}
        value={value.label}
        maxLength={120}
        autoComplete="off"
        onChange={({ target }) => onChange({ ...value, label: target.value })}
      />
      <fieldset className="rounded-xl border border-line p-4">
        <legend className="px-1 font-medium">{text('links.form.window')}</legend>
        <WindowEditor
          value={value.window}
          zone={zone}
          onChange={(window) => onChange({ ...value, window })}
        />
        {faults.window === true ? (
          <div className="mt-3">
            <Notice tone="alarm" role="alert">
              {text('links.form.datesMissing')}
            </Notice>
          </div>
        ) : null}
      </fieldset>
      <Field
        label={text('links.form.uses')}
        hint={text('links.form.usesHint')}
        error={faults.uses === true ? text('links.form.usesWrong') : undefined}
        inputMode="numeric"
        value={value.uses}
        autoComplete="off"
        className="sm:max-w-xs"
        onChange={({ target }) => onChange({ ...value, uses: target.value })}
      />
    </>
  );
}
