'use client';

import { clsx } from 'clsx';
import { useId } from 'react';
import { usePreferences, useText } from '../messages/provider';
import { clockTime } from '../time/format';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { fromLocalText, toLocalText } from './local-moment';

const dayMs = 86_400_000;
const stepMinutes = 15;
const lastMinute = 1_440 - stepMinutes;

interface TimePickerProps {
  /** The moment asked for on the home's clocks, `2026-03-03T14:00`; undefined: now. */
  local: string | undefined;
  onChange: (local: string | undefined) => void;
  zone: string;
  /** The service's time, epoch milliseconds. */
  now: number;
}

const two = (value: number): string => String(value).padStart(2, '0');
const toClock = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
const toMinute = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
/** Monday is 0. */
const weekdayOf = (day: string): number => (new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7;

/** Asks for a moment on the home's clocks: one of the next days, a time of it by slider or typed, or any date. */
export function TimePicker({ local, onChange, zone, now }: TimePickerProps) {
  const text = useText();
  const { hourCycle } = usePreferences();
  const sliderId = useId();
  const here = toLocalText(new Date(now).toISOString(), zone);
  const [day = '', clock = ''] = (local ?? here).split('T');
  const minute = toMinute(clock);
  const ask = (nextDay: string, nextClock: string) => {
    if (nextDay !== '' && nextClock !== '') onChange(`${nextDay}T${nextClock}`);
  };
  const shorts = text('access.window.dayShort').split(' ');
  const names = text('access.window.dayNames').split(' ');
  const days = [0, 1, 2, 3, 4, 5, 6].map((ahead) =>
    new Date(Date.parse(`${here.slice(0, 10)}T00:00Z`) + ahead * dayMs).toISOString().slice(0, 10),
  );
  const instant = fromLocalText(`${day}T${clock}`, zone);
  const spoken = instant === undefined ? clock : clockTime(Date.parse(instant), zone, { text, hourCycle });
  return (
    <div className="flex flex-col gap-4">
      <div className="grid grid-cols-4 gap-2 sm:flex sm:flex-wrap sm:items-center">
        <Button
          aria-pressed={local === undefined}
          kind={local === undefined ? 'primary' : 'secondary'}
          onClick={() => onChange(undefined)}
        >
          {text('access.at.now')}
        </Button>
        <fieldset className="contents">
          <legend className="sr-only">{text('access.at.days')}</legend>
          {days.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={local !== undefined && one === day}
              onClick={() => ask(one, clock)}
              className={clsx(
                'flex min-h-11 min-w-11 flex-col items-center justify-center rounded-xl border px-2 text-sm leading-tight transition-colors duration-100',
                local !== undefined && one === day
                  ? 'border-accent bg-accent text-on-accent'
                  : 'border-line-strong/60 bg-surface text-ink hover:bg-sunken',
              )}
            >
              <span>
                <span aria-hidden>{shorts[weekdayOf(one)]}</span>
                <span className="sr-only">{names[weekdayOf(one)]} </span>
              </span>
              <span className="font-semibold tabular-nums">{Number(one.slice(8))}</span>
            </button>
          ))}
        </fieldset>
      </div>
      <div>
        <label htmlFor={sliderId} className="flex justify-between text-[0.9375rem] font-medium">
          {text('access.at.slider')}
          <span aria-hidden className="tabular-nums">
            {spoken}
          </span>
        </label>
        <input
          id={sliderId}
          type="range"
          min={0}
          max={lastMinute}
          step={stepMinutes}
          value={Math.min(lastMinute, Math.round(minute / stepMinutes) * stepMinutes)}
          aria-valuetext={spoken}
          onChange={({ target }) => ask(day, toClock(Number(target.value)))}
          className="h-11 w-full accent-accent"
        />
      </div>
      <div className="grid grid-cols-2 gap-3 sm:max-w-md">
        <Field
          label={text('access.at.date')}
          type="date"
          value={day}
          onChange={({ target }) => ask(target.value, clock)}
        />
        <Field
          label={text('access.at.time')}
          type="time"
          value={clock}
          onChange={({ target }) => ask(day, target.value)}
        />
      </div>
    </div>
  );
}
