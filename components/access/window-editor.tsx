'use client';

import { clsx } from 'clsx';
import { useState } from 'react';
import { usePreferences, useText } from '../messages/provider';
import { useServerTime } from '../time/clock';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Switch } from '../ui/switch';
import { dayAfter, fromLocalText, toLocalText } from './local-moment';
import {
  type AccessWindow,
  isSameDays,
  isWindowSound,
  type Weekday,
  weekdays,
  weekend,
  windowWords,
  workdays,
} from './window-words';

interface WindowEditorProps {
  value: AccessWindow;
  onChange: (value: AccessWindow) => void;
  /** IANA zone of the home; every time here is on its clocks. */
  zone: string;
}

/** A window without what is undefined in it. */
const tidy = (window: { [Part in keyof AccessWindow]: AccessWindow[Part] | undefined }): AccessWindow =>
  Object.fromEntries(Object.entries(window).filter(([, part]) => part !== undefined));

function Days({ value, onChange }: { value: readonly Weekday[]; onChange: (days: Weekday[]) => void }) {
  const text = useText();
  const short = text('access.window.dayShort').split(' ');
  const names = text('access.window.dayNames').split(' ');
  const toggle = (day: Weekday) => {
    const next = weekdays.filter((one) => (one === day ? !value.includes(day) : value.includes(one)));
    // A window without a day would never open, which the service refuses.
    if (next.length > 0) onChange(next);
  };
  return (
    <fieldset className="flex flex-col gap-2 pb-3">
      <legend className="sr-only">{text('access.window.days')}</legend>
      <div className="grid grid-cols-7 gap-1.5">
        {weekdays.map((day, place) => (
          <button
            key={day}
            type="button"
            aria-pressed={value.includes(day)}
            onClick={() => toggle(day)}
            className={clsx(
              'min-h-11 rounded-xl border text-sm font-medium transition-colors duration-100',
              value.includes(day)
                ? 'border-accent bg-accent text-on-accent'
                : 'border-line-strong/60 bg-surface text-ink hover:bg-sunken',
            )}
          >
            <span aria-hidden>{short[place]}</span>
            <span className="sr-only">{names[place]}</span>
          </button>
        ))}
      </div>
      <div className="flex flex-wrap gap-2">
        {([workdays, weekend] as const).map((days) => (
          <Button
            key={days.length}
            kind="quiet"
            disabled={isSameDays(days, value)}
            onClick={() => onChange([...days])}
          >
            {text(days === workdays ? 'access.window.pickWeekdays' : 'access.window.pickWeekend')}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}

function Hours({ value, onChange }: { value: AccessWindow; onChange: (part: AccessWindow) => void }) {
  const text = useText();
  const { from = '', until = '' } = value;
  const isOver = from !== '' && until !== '' && until <= from;
  return (
    <div className="grid grid-cols-2 gap-3 pb-3">
      <Field
        label={text('access.window.hoursStart')}
        type="time"
        required
        value={from}
        onChange={({ target }) => target.value !== '' && onChange({ from: target.value })}
      />
      <Field
        label={text('access.window.hoursEnd')}
        type="time"
        required
        value={until}
        hint={isOver ? text('access.window.overMidnight') : undefined}
        onChange={({ target }) => target.value !== '' && onChange({ until: target.value })}
      />
    </div>
  );
}

function Dates({ value, onChange, zone }: WindowEditorProps) {
  const text = useText();
  const shown = (instant: string | undefined) => (instant === undefined ? '' : toLocalText(instant, zone));
  const change = (part: 'validFrom' | 'validUntil', local: string) =>
    onChange(tidy({ ...value, [part]: local === '' ? undefined : fromLocalText(local, zone) }));
  return (
    <div className="flex flex-col gap-2 pb-3">
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
        {(['validFrom', 'validUntil'] as const).map((part) => (
          <Field
            key={part}
            label={text(part === 'validFrom' ? 'access.window.startsAt' : 'access.window.endsAt')}
            type="datetime-local"
            value={shown(value[part])}
            error={
              part === 'validUntil' && !isWindowSound(value) ? text('access.window.endsTooEarly') : undefined
            }
            onChange={({ target }) => change(part, target.value)}
          />
        ))}
      </div>
      <p className="text-sm text-ink-soft">{text('access.window.datesHint')}</p>
    </div>
  );
}

/** When a right counts: days, hours and dates, each a limit of its own, with the whole in words below. */
export function WindowEditor({ value, onChange, zone }: WindowEditorProps) {
  const text = useText();
  const { hourCycle } = usePreferences();
  const serverTime = useServerTime();
  const [isDated, setIsDated] = useState(value.validFrom !== undefined || value.validUntil !== undefined);
  const isTimed = value.from !== undefined || value.until !== undefined;
  const change = (part: Parameters<typeof tidy>[0]) => onChange(tidy({ ...value, ...part }));
  return (
    <div className="flex flex-col divide-y divide-line">
      <div>
        <Switch
          label={text('access.window.onDays')}
          checked={value.weekdays !== undefined}
          onChange={(isOn) => change({ weekdays: isOn ? [...workdays] : undefined })}
        />
        {value.weekdays === undefined ? null : (
          <Days value={value.weekdays} onChange={(days) => change({ weekdays: days })} />
        )}
      </div>
      <div>
        <Switch
          label={text('access.window.onHours')}
          checked={isTimed}
          onChange={(isOn) =>
            change(isOn ? { from: '08:00', until: '16:00' } : { from: undefined, until: undefined })
          }
        />
        {isTimed ? <Hours value={value} onChange={change} /> : null}
      </div>
      <div>
        <Switch
          label={text('access.window.onDates')}
          checked={isDated}
          onChange={(isOn) => {
            setIsDated(isOn);
            change({ validFrom: undefined, validUntil: isOn ? dayAfter(serverTime(), 8, zone) : undefined });
          }}
        />
        {isDated ? <Dates value={value} onChange={onChange} zone={zone} /> : null}
      </div>
      <div className="pt-3">
        <p role="status" className="font-medium">
          {text('access.window.summary', {
            window: windowWords(value, text, zone, { now: serverTime(), hourCycle }),
          })}
        </p>
        <p className="text-sm text-ink-soft">
          {text('access.window.zone', { zone: zone.replaceAll('_', ' ') })}
        </p>
      </div>
    </div>
  );
}
