import { invalidField } from '../errors';
import type { Window } from './window';

/** Days as the wire names them, Monday first. */
export const weekdayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type WeekdayName = (typeof weekdayNames)[number];

/** A window as the wire shows it; what is absent is no limit. */
export interface WireWindow {
  validFrom?: string;
  validUntil?: string;
  weekdays?: WeekdayName[];
  from?: string;
  until?: string;
}

/** Bits of named days; undefined names: every day. */
export const toWeekdayBits = (names: readonly WeekdayName[]): number =>
  names.reduce((bits, name) => bits | (1 << weekdayNames.indexOf(name)), 0);

/** `HH:MM` as minutes after midnight. */
export const toMinute = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

const two = (value: number): string => String(value).padStart(2, '0');
export const toClock = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

/** A window in the words of the wire. */
export function toWireWindow(window: Window): WireWindow {
  const { validFrom, validUntil, weekdays, fromMinute, untilMinute } = window;
  return {
    ...(validFrom === null ? {} : { validFrom: validFrom.toISOString() }),
    ...(validUntil === null ? {} : { validUntil: validUntil.toISOString() }),
    ...(weekdays === null
      ? {}
      : { weekdays: weekdayNames.filter((_name, place) => (weekdays & (1 << place)) !== 0) }),
    ...(fromMinute === null ? {} : { from: toClock(fromMinute) }),
    ...(untilMinute === null ? {} : { until: toClock(untilMinute) }),
  };
}

/** Parts of a window as a body brings them. */
export interface WindowInput {
  validFrom?: Date | null | undefined;
  validUntil?: Date | null | undefined;
  weekdays?: readonly WeekdayName[] | null | undefined;
  from?: string | null | undefined;
  until?: string | null | undefined;
}

/**
 * A window with what a body changes in it: absent parts stay, null takes a limit away. Raises `invalid` when it would
 * end before it begins.
 */
export function changeWindow(window: Window, input: WindowInput): Window {
  const next: Window = {
    validFrom: input.validFrom === undefined ? window.validFrom : input.validFrom,
    validUntil: input.validUntil === undefined ? window.validUntil : input.validUntil,
    weekdays:
      input.weekdays === undefined
        ? window.weekdays
        : input.weekdays === null
          ? null
          : toWeekdayBits(input.weekdays),
    fromMinute:
      input.from === undefined ? window.fromMinute : input.from === null ? null : toMinute(input.from),
    untilMinute:
      input.until === undefined ? window.untilMinute : input.until === null ? null : toMinute(input.until),
  };
  if (next.validFrom !== null && next.validUntil !== null && next.validUntil <= next.validFrom)
    throw invalidField('validUntil', 'must be after validFrom');
  return next;
}
